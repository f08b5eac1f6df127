import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A recommender service on a real socket, that answers as a test says. */
export class StubRecommender {
  readonly requests: IncomingMessage[] = [];
  /** Connections that were ever opened. */
  connections = 0;
  private readonly firstHangUp = Promise.withResolvers<void>();
  /** When the first connection is gone. */
  readonly hungUp = this.firstHangUp.promise;
  private answer: Answer = (response) => response.destroy();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.requests.push(request);
      this.answer(response, request);
    });
    this.server.on('connection', (socket) => {
      this.connections += 1;
      socket.once('close', () => this.firstHangUp.resolve());
    });
  }

  static async listening(): Promise<StubRecommender> {
    const stub = new StubRecommender();
    stub.server.listen(0, '127.0.0.1');
    await once(stub.server, 'listening');
    return stub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How it answers from now on. */
  answers(answer: Answer): void {
    this.answer = answer;
    this.requests.length = 0;
  }

  async openConnections(): Promise<number> {
    return promisify(this.server.getConnections.bind(this.server))();
  }

  /** Those on which nobody waits for an answer. */
  closeIdleConnections(): void {
    this.server.closeIdleConnections();
  }

  /** Refuses connections from now on, those that are open included. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

/** An answer with this body, as JSON unless told otherwise. */
export const body =
  (text: string, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);

export const items = (...recommended: readonly { productId: string; score: number }[]): Answer =>
  body(JSON.stringify({ items: recommended }));

/** Takes the request and never says a word. */
export const blackHole: Answer = () => undefined;

/** Starts well, and goes on with a byte now and then for as long as anybody listens. */
export const dribble =
  (everyMs: number): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"items":[');
    const timer = setInterval(() => response.write(' '), everyMs);
    response.on('close', () => clearInterval(timer));
  };

/** Sends as much as is taken from it, up to so many bytes; tells how many at the end. */
export const flood =
  (bytes: number, sent: (bytes: number) => void): Answer =>
  (response) => {
    const chunk = Buffer.alloc(64 * 1024, ' ');
    let left = bytes;
    const pour = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= chunk.length;
        if (!response.write(chunk)) return void response.once('drain', pour);
      }
      response.end();
    };
    response.on('close', () => sent(bytes - left));
    response.writeHead(200, { 'content-type': 'application/json' });
    pour();
  };

/** Promises more than it sends, and hangs up. */
export const brokenOff =
  (text: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(text.length + 100) });
    response.write(text, () => response.destroy());
  };
