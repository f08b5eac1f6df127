import type { Server } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';

/**
 * A connection may have been accepted in the moment before, with its first request still on the way: a round trip
 * around the world is done in this time.
 */
const FIRST_REQUEST_GRACE_MS = 500;
/** How often connections that have fallen idle since are closed. */
const IDLE_SWEEP_INTERVAL_MS = 100;
/** More than a listener's queue holds (511 in Node): with so many turns, whoever stands in it has been let in. */
const ACCEPT_TURNS_MAX = 1_000;

/** Ends a server's connections without failing a request on any of them. To be made before the server listens. */
export class ConnectionDrain {
  private readonly open = new Set<Socket>();
  private accepted = 0;

  constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.accepted += 1;
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
  }

  /**
   * Takes no new connection, and resolves when the last one has ended: each after the answer to what it carries, idle
   * ones soon. The server's own `close` won't do: it cuts connections whose first request is on its way, and it stops
   * looking for requests that are past their time-outs, so that one half-sent request would hold the process.
   * @param closed runs when new connections are refused, and not before: whoever is asked to leave may come back at once
   */
  async run(closed: () => void = () => undefined): Promise<void> {
    const ended = new AbortController();
    this.server.once('close', () => ended.abort());
    await this.letInWhoWaits();
    TcpServer.prototype.close.call(this.server);
    closed();
    await pause(FIRST_REQUEST_GRACE_MS, ended.signal);
    while (!ended.signal.aborted) {
      if (!this.isWriting()) this.server.closeIdleConnections();
      await pause(IDLE_SWEEP_INTERVAL_MS, ended.signal);
    }
  }

  /**
   * The system has connected clients that Node has not accepted yet, one a turn of its loop; some have sent their request.
   * The close would reset them, and a balancer can't know then whether a POST was carried out. So it comes at the end of
   * the first turn in which nobody stood there.
   */
  private async letInWhoWaits(): Promise<void> {
    await turn();
    for (let turns = 0, before = -1; turns < ACCEPT_TURNS_MAX && before !== this.accepted; turns += 1) {
      before = this.accepted;
      await turn();
    }
  }

  /** Node counts a connection as idle once its answer is handed over, be it megabytes that a slow client still reads. */
  private isWriting(): boolean {
    return this.open.values().some((socket) => socket.writableLength > 0);
  }
}

const pause = (ms: number, ended: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal: ended }).catch(() => undefined);
