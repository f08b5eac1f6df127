import { randomUUID } from 'node:crypto';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { storekeeper } from '../tokens.js';

/** Longer than any balancer waits for a replica: who gives up first is not the client. */
const ANSWER_TIMEOUT_MS = 25_000;

/** A request as its client knows it. */
export interface LoggedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Sent along; in the logs of the balancer and of the replica too. */
  readonly requestId: string;
  /** Of a POST. */
  readonly key?: string;
  readonly body?: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** 0 when no answer came; then `fault` says what did. */
  readonly status: number;
  readonly fault?: string;
  /** The problem, where one was answered. */
  readonly problem?: string;
  /** Of the answer. */
  readonly connection?: string | undefined;
}

export type RequestToLog = Pick<LoggedRequest, 'method' | 'path' | 'key' | 'body'>;

/** A client that keeps one connection as long as it may, and writes down what became of each request. It repeats none. */
export class LoggedClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly baseUrl: string) {}

  async send(toSend: RequestToLog): Promise<LoggedRequest> {
    const { method, path, key, body } = toSend;
    const sent = { ...toSend, requestId: randomUUID(), startedAtMs: performance.now() };
    const headers = {
      authorization: storekeeper(),
      'x-request-id': sent.requestId,
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    try {
      const answer = await this.exchange(path, { method, headers }, body);
      const said = await text(answer);
      const { statusCode: status = 0, headers: given } = answer;
      const outcome = { status, connection: given.connection, endedAtMs: performance.now() };
      return { ...sent, ...outcome, ...(status >= 400 && { problem: said }) };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return { ...sent, status: 0, fault: code ?? message, endedAtMs: performance.now() };
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private exchange(path: string, options: object, body: string | undefined): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = request(this.baseUrl + path, { ...options, agent: this.agent }, resolve);
      outgoing.setTimeout(ANSWER_TIMEOUT_MS, () => outgoing.destroy(new Error('no answer in time')));
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}
