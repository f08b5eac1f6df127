import { Agent, request, type IncomingMessage } from 'node:http';

const ANSWER_TIMEOUT_MS = 10_000;

export interface Exchange {
  readonly status: number;
  /** The answer's `connection` header. */
  readonly connection: string | undefined;
  readonly startedAtMs: number;
}

export interface Failure {
  readonly code: string;
  /** The client's port; 0 when no connection came about. */
  readonly localPort: number;
}

/** Clients that each send one request after the other over a connection that they keep while they may. */
export class KeepAliveTraffic {
  readonly answers: Exchange[] = [];
  readonly failures: Failure[] = [];
  private stopping = false;
  private readonly clients: readonly Promise<void>[];

  constructor(url: string, clients: number) {
    this.clients = Array.from({ length: clients }, () => this.run(url));
  }

  /** Resolves when so many more answers have come that started from now on. */
  async answered(count: number, timeoutMs = 10_000): Promise<void> {
    const fromMs = performance.now();
    while (this.answersSince(fromMs).length < count) {
      if (performance.now() - fromMs > timeoutMs) throw new Error(`Fewer than ${count} answers in ${timeoutMs} ms.`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  answersSince(startedAtMs: number): Exchange[] {
    return this.answers.filter((answer) => answer.startedAtMs >= startedAtMs);
  }

  /** No further request is sent; resolves when the last answers are here. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.refusedOrStopped();
  }

  /** Resolves when each client has been told to stop, or has found that nobody listens any more. */
  async refusedOrStopped(): Promise<void> {
    await Promise.all(this.clients);
  }

  private async run(url: string): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      while (!this.stopping && (await this.exchange(url, agent))) continue;
    } finally {
      agent.destroy();
    }
  }

  private async exchange(url: string, agent: Agent): Promise<boolean> {
    const startedAtMs = performance.now();
    const result = await ask(url, agent);
    if ('status' in result) this.answers.push({ ...result, startedAtMs });
    else if (result.code === 'ECONNREFUSED') return false;
    else this.failures.push(result);
    return true;
  }
}

function ask(url: string, agent: Agent): Promise<Omit<Exchange, 'startedAtMs'> | Failure> {
  return new Promise((resolve) => {
    let localPort = 0;
    const fail = (error: Error & { code?: string }): void => resolve({ code: error.code ?? error.message, localPort });
    const outgoing = request(url, { agent, timeout: ANSWER_TIMEOUT_MS }, (answer) => {
      drained(answer).then(
        () => resolve({ status: answer.statusCode ?? 0, connection: answer.headers.connection }),
        fail,
      );
    });
    outgoing.on('socket', (socket) => {
      const note = (): void => void (localPort = socket.localPort ?? 0);
      if (socket.connecting) socket.once('connect', note);
      else note();
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', fail);
    outgoing.end();
  });
}

async function drained(answer: IncomingMessage): Promise<void> {
  for await (const chunk of answer) void chunk;
}
