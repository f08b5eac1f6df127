import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const opening = new AsyncLocalStorage<OpenSockets>();
/**
 * The sockets that a piece of work opens. The client gives none of them out, and forgets those of attempts that took
 * too long: a broker that lets connections in and says nothing would cost a socket for each attempt, for ever. Nor does
 * it leave a silent broker while there is something unsent.
 */
export class OpenSockets {
  private readonly sockets = new Set<Socket>();
  private closed = false;

  /** What `work` opens from now on, however late, belongs here. */
  watch<T>(work: () => Promise<T>): Promise<T> {
    return opening.run(this, work);
  }

  /** At once; and what is opened later is closed then. */
  destroy(): void {
    this.closed = true;
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  add(socket: Socket): void {
    if (this.closed) {
      socket.destroy();
      return;
    }
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
  }
}

subscribe('net.client.socket', (message) => opening.getStore()?.add((message as { socket: Socket }).socket));
