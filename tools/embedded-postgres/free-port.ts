import { once } from 'node:events';
import { createServer } from 'node:net';

/** Whether nobody listens there now; 0 asks the system for a free port. Null when the port is taken or not allowed. */
export async function listenablePort(port: number, host: string): Promise<number | null> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : null;
  } catch {
    return null;
  } finally {
    server.close();
  }
}
