import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { EdgeService } from '../testing/edge.service.js';
import { RoomsController } from '../testing/rooms.controller.js';

const LIMIT_BYTES = 1_024;

let edge: EdgeService;
let port: number;
let sockets: Socket[] = [];
beforeAll(async () => {
  edge = await EdgeService.of([RoomsController], { HTTP_BODY_LIMIT_BYTES: String(LIMIT_BYTES) });
  await edge.service.app.listen(0, '127.0.0.1');
  port = (edge.service.app.getHttpServer() as { address(): AddressInfo }).address().port;
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
});
afterAll(() => edge.close());

/** Sends these lines as the headers of a request for a closed route, no token among them, and reads the answer's. */
async function refused(headers: readonly string[], body = ''): Promise<{ socket: Socket; answer: string }> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.write(['POST /shelves HTTP/1.1', 'Host: x', ...headers, '', body].join('\r\n'));
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return { socket, answer: chunk.toString() };
}

describe('a body that comes with a refused request', () => {
  it('of a usual size passes by: the connection serves on', async () => {
    const body = JSON.stringify({ a: 'x'.repeat(500) });
    const { socket, answer } = await refused(
      ['Content-Type: application/json', `Content-Length: ${body.length}`],
      body,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);

    socket.write('GET /open HTTP/1.1\r\nHost: x\r\n\r\n');

    expect(String(((await once(socket, 'data')) as [Buffer])[0])).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['is larger than any that is read', [`Content-Length: ${LIMIT_BYTES + 1}`], 'x'],
    ['is enormous', ['Content-Length: 99999999999'], 'x'],
    ['does not say how large it is', ['Transfer-Encoding: chunked'], '1\r\nx\r\n'],
  ])('is not waited for when it %s', async (_what, headers, body) => {
    const { socket, answer } = await refused(['Content-Type: application/json', ...headers], body);

    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer.toLowerCase()).toContain('\r\nconnection: close\r\n');
    await once(socket, 'close');
  });

  it('does not end the connection when there is none', async () => {
    const { answer } = await refused(['Content-Length: 0']);

    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer.toLowerCase()).not.toContain('connection: close');
  });

  it('does not end it when it is here already', async () => {
    const { answer } = await refused(['Transfer-Encoding: chunked'], '1\r\nx\r\n0\r\n\r\n');

    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });
});
