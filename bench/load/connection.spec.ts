import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Answer } from './answer-reader.js';
import { Connection } from './connection.js';

const answerOf = (status: number, head = '') => `HTTP/1.1 ${status} It\r\n${head}content-length: 2\r\n\r\n{}`;
const LAST = answerOf(503, 'connection: close\r\n');

describe('a connection of the load', () => {
  let server: Server;
  let connection: Connection;
  const accepted: Socket[] = [];
  afterEach(() => {
    connection.close();
    for (const socket of accepted.splice(0)) socket.destroy();
    server.close();
  });

  /** What comes in is given to the listener with the number of its connection, from 1. */
  async function served(listener: (socket: Socket, connectionNumber: number) => void): Promise<void> {
    server = createServer((socket) => {
      const number = accepted.push(socket);
      socket.on('error', () => undefined).on('data', () => listener(socket, number));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    connection = new Connection((server.address() as AddressInfo).port);
  }

  const ask = (bytes = Buffer.from('GET')): Promise<Answer | Error> =>
    new Promise((resolve) => connection.send(bytes, resolve));

  it('is kept from one request to the next', async () => {
    await served((socket) => socket.write(answerOf(200)));
    await ask();

    expect(await ask()).toMatchObject({ status: 200 });
    expect(accepted).toHaveLength(1);
  });

  it('is opened anew when the server has closed it meanwhile', async () => {
    await served((socket) => socket.write(answerOf(200)));
    await ask();
    const [first] = accepted as [Socket];
    first.end();
    await once(first, 'close'); // the other side has heard it, and has closed, too

    expect(await ask()).toMatchObject({ status: 200 });
    expect(accepted).toHaveLength(2);
  });

  it('is opened anew after an answer that is its last', async () => {
    await served((socket, number) => socket.write(number === 1 ? LAST : answerOf(200)));

    expect(await ask()).toMatchObject({ status: 503, isLast: true });
    expect(await ask()).toMatchObject({ status: 200 });
  });

  it('does not take the reset of the one that it has left for its own', async () => {
    await served((socket, number) => {
      if (number === 1) return void socket.pause().write(LAST); // the rest of the request stays on its way
      accepted[0]?.once('close', () => socket.write(answerOf(200))).resetAndDestroy();
    });

    expect(await ask(Buffer.alloc(32 * 1024 * 1024))).toMatchObject({ status: 503 });
    expect(await ask()).toMatchObject({ status: 200 });
  });

  it('says why there is no answer, and is opened anew', async () => {
    const [unreadable, none] = [1, 2];
    await served((socket, number) => {
      if (number === unreadable) socket.write('HTTP/1.1 200 OK\r\n\r\n');
      else if (number === none) socket.end();
      else socket.write(answerOf(200));
    });

    expect(await ask()).toMatchObject({ message: expect.stringContaining('without a content-length') });
    expect(await ask()).toMatchObject({
      message: expect.stringContaining('has closed a connection in place of an answer'),
    });
    expect(await ask()).toMatchObject({ status: 200 });
  });

  it('says that nobody listens', async () => {
    await served(() => undefined);
    server.close();
    await once(server, 'close');

    expect(await ask()).toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
  });
});
