import type { Server } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A connection may have been accepted in the moment before, with its first request still on the way: a round trip
 * around the world is done in this time.
 */
const FIRST_REQUEST_GRACE_MS = 500;
/** How often connections that have fallen idle since are closed. */
const IDLE_SWEEP_INTERVAL_MS = 100;

/** Ends a server's connections without failing a request on any of them. To be made before the server listens. */
export class ConnectionDrain {
  private readonly open = new Set<Socket>();

  constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
  }

  /**
   * Takes no new connection, and resolves when the last one has ended: each after the answer to what it carries, idle
   * ones soon. The server's own `close` won't do: it cuts connections whose first request is on its way, and it stops
   * looking for requests that are past their time-outs, so that one half-sent request would hold the process.
   */
  async run(): Promise<void> {
    const ended = new AbortController();
    this.server.once('close', () => ended.abort());
    TcpServer.prototype.close.call(this.server);
    await pause(FIRST_REQUEST_GRACE_MS, ended.signal);
    while (!ended.signal.aborted) {
      if (!this.isWriting()) this.server.closeIdleConnections();
      await pause(IDLE_SWEEP_INTERVAL_MS, ended.signal);
    }
  }

  /** Node counts a connection as idle once its answer is handed over, be it megabytes that a slow client still reads. */
  private isWriting(): boolean {
    return this.open.values().some((socket) => socket.writableLength > 0);
  }
}

const pause = (ms: number, ended: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal: ended }).catch(() => undefined);
