const ANSWER_TIMEOUT_MS = 10_000;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One request, its answer read to its end as JSON where it is that. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

/** @throws Error with the answer, when it is another */
export async function expectStatus(status: number, url: string, init?: RequestInit): Promise<Answer> {
  const answer = await ask(url, init);
  if (answer.status === status) return answer;
  throw new Error(`${answer.status} in place of ${status}: ${JSON.stringify(answer.body).slice(0, 200)}`);
}

/** @throws Error with what was found, unless it holds */
export function demand(holds: boolean, found: string): string {
  if (!holds) throw new Error(found);
  return found;
}
