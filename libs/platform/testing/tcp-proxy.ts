import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A server's address that a test can make unreachable, silent or broken, while the server itself stays well. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  /** Each target's connection, and who gets its answers. */
  private readonly answering = new Map<Socket, Socket>();
  private server: Server | null = null;
  private frozen = false;
  private port = 0;

  private readonly target: URL;

  /** No parameter property: the benchmark's soak loads this file with its types stripped. */
  private constructor(target: URL) {
    this.target = target;
  }

  /** Takes a port of its own, and refuses connections there until `open`. */
  static async closed(target: string | URL): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(target));
    await proxy.open();
    await proxy.close();
    return proxy;
  }

  static async opened(target: string | URL): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(target));
    await proxy.open();
    return proxy;
  }

  /** The target's URL, by way of this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  /** Connections are passed on from now. */
  async open(): Promise<void> {
    this.frozen = false;
    this.server = createServer((client) => this.passOn(client));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** From now on nothing gets through and nobody hangs up: a black hole. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** What clients say on the connections that are open still arrives, and none of them hears an answer. */
  swallowAnswers(): void {
    for (const [upstream, client] of this.answering) {
      upstream.unpipe(client);
      upstream.resume();
    }
  }

  /** Resets what is connected; new connections are welcome. */
  cut(): void {
    for (const socket of this.sockets) hangUp(socket);
  }

  /** Resets what is connected, and refuses connections. */
  async close(): Promise<void> {
    if (this.server === null) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server = null;
    this.cut();
    await closed;
  }

  private passOn(client: Socket): void {
    const upstream = connect(Number(this.target.port || '5432'), this.target.hostname);
    this.track(client, upstream);
    this.track(upstream, client);
    if (this.frozen) return;
    client.pipe(upstream);
    upstream.pipe(client);
    this.answering.set(upstream, client);
    upstream.once('close', () => this.answering.delete(upstream));
  }

  private track(socket: Socket, other: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.sockets.delete(socket);
      other.destroy();
    });
  }
}

/** A reset; but Node spins for ever at its end when a socket is reset in the middle of its goodbye. */
function hangUp(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
