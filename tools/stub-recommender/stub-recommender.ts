import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ok, refuse } from './behaviours.ts';
import type { Behaviour } from './exchange.ts';

const ROUTE = /^\/v1\/products\/([^/?]+)\/recommendations$/;
/** What is remembered of requests; further ones are counted alone. */
const REMEMBERED_MAX = 20_000;

export interface SeenRequest {
  readonly productId: string;
  readonly limit: number;
  readonly headers: Readonly<IncomingMessage['headers']>;
  /** Of `performance.now()`. */
  readonly atMs: number;
}

/** The recommender of the contract, as well or as badly behaved as a test says. It starts well behaved. */
export class StubRecommender {
  requestCount = 0;
  /** Requests whose client went away before the answer's end. */
  abandoned = 0;
  readonly requests: SeenRequest[] = [];
  /** What was asked for besides the contract's route. */
  readonly strays: string[] = [];
  private readonly sockets = new Set<Socket>();
  private bytesOfClosed = 0;
  private behaviour: Behaviour = ok();
  private server: Server | null = null;
  private port = 0;

  static async start(script: Behaviour = ok()): Promise<StubRecommender> {
    const stub = new StubRecommender();
    await stub.listen();
    await stub.answers(script);
    return stub;
  }

  /** For `RECOMMENDER_URL`. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Bytes that left, heads of answers included; what the kernel holds counts as sent. */
  get bytesSent(): number {
    return [...this.sockets].reduce((sum, socket) => sum + sentBy(socket), this.bytesOfClosed);
  }

  get openConnections(): number {
    return this.sockets.size;
  }

  /** Whatever is asked from now on is answered so. What is being answered goes on, unless nobody listens any more. */
  async answers(script: Behaviour): Promise<void> {
    if (script === refuse) return this.stop();
    this.behaviour = script;
    await this.listen();
  }

  /** Requests since a time of `performance.now()`. */
  requestsSince(atMs: number): readonly SeenRequest[] {
    return this.requests.filter((request) => request.atMs >= atMs);
  }

  /** Hangs up on everyone, and refuses connections. */
  async stop(): Promise<void> {
    if (this.server === null) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server = null;
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async listen(): Promise<void> {
    if (this.server !== null) return;
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.keepAliveTimeout = 60_000; // a connection that ends by itself would look like a fault
    this.server.on('connection', (socket) => this.keep(socket));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined); // clients hang up as they like
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.bytesOfClosed += sentBy(socket);
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const productId = ROUTE.exec(url.pathname)?.[1];
    if (request.method !== 'GET' || productId === undefined) {
      if (this.strays.length < REMEMBERED_MAX) this.strays.push(`${request.method} ${request.url}`);
      response.writeHead(404).end();
      return;
    }
    const limit = Number(url.searchParams.get('limit') ?? Infinity);
    this.note({ productId, limit, headers: request.headers, atMs: performance.now() });
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) this.abandoned += 1;
      gone.abort();
    });
    await this.behaviour({ productId, limit, response, gone: gone.signal });
  }

  private note(request: SeenRequest): void {
    this.requestCount += 1;
    if (this.requests.length < REMEMBERED_MAX) this.requests.push(request);
  }
}

/** Without what still waits in this process. */
const sentBy = (socket: Socket): number => socket.bytesWritten - socket.writableLength;
