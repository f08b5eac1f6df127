import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spansIn, type ReceivedSpan } from './spans-in.js';

const WAIT_MS = 10_000;

/** How the collector answers. `silent`: it reads, and never says a word. */
export type Behaviour = 'takes' | 'refuses' | 'silent';

/** An OpenTelemetry collector's HTTP end point: it keeps what it is sent. */
export class OtlpStub {
  readonly spans: ReceivedSpan[] = [];
  /** Each export, as it came. */
  readonly bodies: Buffer[] = [];
  /** Of each export, as they came. */
  readonly headers: IncomingMessage['headers'][] = [];
  behaviour: Behaviour = 'takes';
  private readonly unanswered = Promise.withResolvers<void>();
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.take(request, response));
  }

  static async start(): Promise<OtlpStub> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new OtlpStub(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What tells a service to send all of its spans here, and soon. */
  get env(): Record<string, string> {
    return { OTEL_EXPORTER_OTLP_ENDPOINT: this.url, OTEL_BSP_SCHEDULE_DELAY: '50' };
  }

  /** The first span, past or to come, that fits. */
  async span(fits: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> {
    const [found] = await this.until((spans) => spans.filter(fits), 1);
    return found as ReceivedSpan;
  }

  /** What has come of a trace, when each of these is a part of it: `store: PlaceOrder`. */
  trace(traceId: string, ...parts: readonly string[]): Promise<readonly ReceivedSpan[]> {
    return this.until((spans) => {
      const trace = spans.filter((span) => span.traceId === traceId);
      const names = new Set(trace.map(({ service, name }) => `${service}: ${name}`));
      return parts.every((part) => names.has(part)) ? trace : [];
    }, 1);
  }

  /** @throws Error with the names of what came, when the rest does not */
  async until(choose: (spans: readonly ReceivedSpan[]) => ReceivedSpan[], atLeast: number): Promise<ReceivedSpan[]> {
    const deadline = AbortSignal.timeout(WAIT_MS);
    for (;;) {
      const chosen = choose(this.spans);
      if (chosen.length >= atLeast) return chosen;
      if (deadline.aborted) throw new Error(`Only these came: ${this.spans.map(({ name }) => name).join(', ')}`);
      await Promise.race([new Promise<void>((resolve) => this.waiting.add(resolve)), once(deadline, 'abort')]);
    }
  }

  /** Resolves when something has been sent to it, whole, while it was silent. */
  get leftWaiting(): Promise<void> {
    return this.unanswered.promise;
  }

  /** Once or more often. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.behaviour === 'silent') {
      this.unanswered.resolve();
      return;
    }
    if (this.behaviour === 'refuses') {
      response.writeHead(503).end();
      return;
    }
    const body = Buffer.concat(chunks);
    this.bodies.push(body);
    this.headers.push(request.headers);
    this.spans.push(...(request.url === '/v1/traces' ? spansIn(body) : []));
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
