import type { Socket } from 'node:net';

/**
 * Resets a connection. One that is saying goodbye is closed instead: libuv refuses to reset it, and Node then never
 * lets go of its handle, at which the process spins for ever when it should end.
 */
export function hangUp(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
