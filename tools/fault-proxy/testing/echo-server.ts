import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** A server that gives back what it gets: what a proxy's own tests speak through it. */
export async function echoServer(): Promise<{ readonly url: string; readonly heard: string[]; close(): void }> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('data', (chunk) => heard.push(chunk.toString('latin1')));
    socket.on('error', () => heard.push('reset'));
    socket.on('end', () => heard.push('end'));
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, close: () => void server.close() };
}
