import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlannedRequest } from '../plan.js';
import { Target } from '../target.js';

export interface LocalServer {
  readonly port: number;
  readonly http: Server;
  /** To it, with a request that is to be answered so. */
  target(planned?: Partial<PlannedRequest>): Target;
  close(): void;
}

/** A server in this process, for the load to ask. */
export async function localServer(listener: RequestListener): Promise<LocalServer> {
  const http = createServer(listener).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const targets: Target[] = [];
  return {
    port,
    http,
    target: (planned = {}) => {
      const target = new Target(port, [plannedRequest(planned)]);
      targets.push(target);
      return target;
    },
    close: () => {
      for (const target of targets) target.close();
      http.close().closeAllConnections();
    },
  };
}

export const plannedRequest = (planned: Partial<PlannedRequest> = {}): PlannedRequest => ({
  text: 'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n',
  status: 200,
  body: '{}',
  changing: [],
  ...planned,
});

/** As the measured servers do it: with a length. */
export function answerWith(response: ServerResponse, body = '{}', status = 200): void {
  response.statusCode = status;
  response.end(body);
}
