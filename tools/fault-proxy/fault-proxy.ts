import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { hangUp } from './hang-up.ts';
import { Lane } from './lane.ts';
import { type Direction, type Faults, Way } from './way.ts';

/** Far above what any test opens. */
const CONNECTIONS_MAX = 2_000;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'postgres:': 5432, 'postgresql:': 5432 };

export type Where = Direction | 'both';

/**
 * The network between a client and a server, as a test wants it. Faults add up and apply at once, to connections that
 * are open too, until `heal`.
 */
export class FaultProxy {
  /** How many connections have been taken. */
  connections = 0;
  /** Bytes that were passed on. */
  readonly bytes: Record<Direction, number> = { toTarget: 0, toClient: 0 };
  private readonly ways: Readonly<Record<Direction, Way>> = { toTarget: new Way(), toClient: new Way() };
  private readonly bytesMax: Record<Direction, number> = { toTarget: Infinity, toClient: Infinity };
  private readonly lanes: Readonly<Record<Direction, Set<Lane>>> = { toTarget: new Set(), toClient: new Set() };
  private readonly sockets = new Set<Socket>();
  private readonly target: URL;
  private server: Server | null = null;
  private port = 0;

  private constructor(target: URL) {
    this.target = target;
  }

  static async to(target: string | URL): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(target));
    await proxy.up();
    return proxy;
  }

  /** The target's URL, by way of this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }

  /** Clients that are connected now. */
  get open(): number {
    return this.lanes.toTarget.size;
  }

  /** Everything arrives so much later, plus up to the jitter, in order all the same. */
  latency(latencyMs: number, jitterMs = 0, where: Where = 'both'): void {
    this.suffer(where, { latencyMs, jitterMs });
  }

  /** Each connection gets so much each way. */
  bandwidth(bytesPerSecond: number, where: Where = 'both'): void {
    this.suffer(where, { bytesPerSecond });
  }

  /**
   * Nothing gets through and nobody hangs up. What was sent into it arrives after `heal`, as TCP would send it again.
   * A connection is still accepted (that is the system's own doing), but reaches nobody.
   */
  blackHole(where: Where = 'both'): void {
    this.suffer(where, { blackHole: true });
  }

  /** Resets what is connected; new connections are welcome. */
  reset(): void {
    for (const socket of this.sockets) hangUp(socket);
  }

  /** Ends each connection, open or to come, in good order after so many more bytes. */
  truncateAfter(bytes: number, direction: Direction = 'toClient'): void {
    this.bytesMax[direction] = bytes;
    for (const lane of this.lanes[direction]) lane.truncateAfter(bytes);
  }

  /** Resets what is connected, and refuses connections. */
  async down(): Promise<void> {
    if (this.server === null) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server = null;
    this.reset();
    await closed;
  }

  /** Takes connections again, on the port that it has always had. */
  async up(): Promise<void> {
    if (this.server !== null) return;
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => void this.passOn(client));
    this.server.maxConnections = CONNECTIONS_MAX;
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** No fault from now on; what is down stays down. */
  heal(): void {
    this.bytesMax.toTarget = this.bytesMax.toClient = Infinity;
    for (const lane of [...this.lanes.toTarget, ...this.lanes.toClient]) lane.truncateAfter(Infinity);
    for (const way of Object.values(this.ways)) way.heal();
  }

  /** For clean-up: nothing of it is left. */
  async close(): Promise<void> {
    await this.down();
    this.heal();
  }

  private suffer(where: Where, faults: Partial<Faults>): void {
    if (where !== 'toClient') this.ways.toTarget.suffer(faults);
    if (where !== 'toTarget') this.ways.toClient.suffer(faults);
  }

  private async passOn(client: Socket): Promise<void> {
    this.connections += 1;
    this.keep(client);
    await this.ways.toTarget.passable();
    if (client.destroyed) return;
    const port = Number(this.target.port) || DEFAULT_PORTS[this.target.protocol];
    if (port === undefined) throw new Error(`No port in ${this.target.href}`);
    const upstream = connect({ port, host: this.target.hostname, allowHalfOpen: true, noDelay: true });
    this.keep(upstream);
    this.join('toTarget', client, upstream);
    this.join('toClient', upstream, client);
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined); // its lane tells the other side
    socket.on('close', () => this.sockets.delete(socket));
  }

  private join(direction: Direction, source: Socket, sink: Socket): void {
    const onPassed = (bytes: number): void => void (this.bytes[direction] += bytes);
    const lane = new Lane({ source, sink, way: this.ways[direction], bytesMax: this.bytesMax[direction], onPassed });
    this.lanes[direction].add(lane);
    source.on('close', () => this.lanes[direction].delete(lane));
  }
}
