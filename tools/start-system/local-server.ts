import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HERE } from './programs.ts';

export interface LocalServer {
  /** `http://127.0.0.1:15000`. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Serves this machine on a free port. */
export async function serveLocally(answer: RequestListener): Promise<LocalServer> {
  const server = createServer(answer);
  server.listen(0, HERE);
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { origin: `http://${HERE}:${(server.address() as AddressInfo).port}`, close };
}
