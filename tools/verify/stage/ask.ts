const ANSWER_TIMEOUT_MS = 15_000;

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text, read as JSON; null where it is none. */
  readonly json: unknown;
  /** From the request to the last byte of the answer. */
  readonly tookMs: number;
}

/** One request; every status is an answer. @throws TypeError when there is none; the signal's reason */
export async function ask(url: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, signal } = question;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const startedAtMs = performance.now();
  const bound = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(text !== undefined && { body: text }),
    signal: signal ? AbortSignal.any([signal, bound]) : bound,
  });
  const answered = await response.text();
  const tookMs = performance.now() - startedAtMs;
  return { status: response.status, headers: response.headers, text: answered, json: jsonIn(answered), tookMs };
}

/** What a problem or any other object says under a name; undefined where there is no such thing. */
export function field(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : undefined;
}

/** `404 catalog.product-not-found`, or the status alone. */
export function toldBy({ status, json }: Pick<Answer, 'status' | 'json'>): string {
  const code = field(json, 'code');
  return typeof code === 'string' ? `${status} ${code}` : String(status);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
