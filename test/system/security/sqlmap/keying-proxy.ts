import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freshKey } from '../../support/idempotency-key.js';

export interface KeyingProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** A way to a store that gives each request a key of its own: sqlmap sends one set of headers, and would get replays. */
export async function keyingProxy(storeUrl: string): Promise<KeyingProxy> {
  const { hostname, port } = new URL(storeUrl);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const options = { hostname, port, agent, method, path, headers: { ...headers, ...freshKey() } };
    const onward = request(options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    agent.destroy();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
