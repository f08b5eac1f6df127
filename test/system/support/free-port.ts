import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** A server that holds a port of 127.0.0.1 and hangs up on whoever connects. */
export async function takePort(): Promise<{ readonly port: number; release(): Promise<void> }> {
  const server: Server = createServer((socket) => socket.destroy());
  server.unref(); // a test that fails before it lets go must not hold the whole run
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const release = async (): Promise<void> => {
    server.close();
    await once(server, 'close');
  };
  return { port, release };
}

/** A port that was free a moment ago: for what must be known before the store tells it. */
export async function freePort(): Promise<number> {
  const { port, release } = await takePort();
  await release();
  return port;
}
