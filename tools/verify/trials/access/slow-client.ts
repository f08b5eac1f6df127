import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const HEADERS_MS = 500;
/** How often Node looks is the service's affair; it must not be the 30 s that Node looks by itself. */
const ENDED_MS = 5_000;

export const SLOW_CLIENT: Trial = {
  promise: 'F3',
  says: 'A client that never ends its headers is sent away',
  how: 'half a request on a connection, at a replica with HTTP_HEADERS_TIMEOUT_MS=500',

  run: async (stage) => {
    const replica = await (await stage.extra({ HTTP_HEADERS_TIMEOUT_MS: String(HEADERS_MS) })).ready();
    const { hostname, port } = new URL(replica.url);
    const socket = connect(Number(port), hostname);
    stage.later(async () => void socket.destroy());
    await once(socket, 'connect');
    const startedAtMs = performance.now();
    socket.write('GET /v1/products HTTP/1.1\r\nhost: store.test\r\nx-slow:');
    const answer = await text(socket);
    return together([
      fact('answer', answer.slice('HTTP/1.1 '.length, 'HTTP/1.1 '.length + 3), '408'),
      within('connection ended after', performance.now() - startedAtMs, ENDED_MS),
    ]);
  },
};
