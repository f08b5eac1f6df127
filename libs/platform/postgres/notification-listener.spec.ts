import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { databaseSettings } from '#platform/testing';
import { NotificationListener } from './notification-listener.js';

describe('NotificationListener', () => {
  let silent: Server;
  beforeEach(async () => {
    silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  afterEach(() => {
    silent.close();
    jest.restoreAllMocks();
  });

  it('stops at once although the server is silent, and leaves it, on every channel', async () => {
    const { port } = silent.address() as AddressInfo;
    const listener = new NotificationListener(databaseSettings(`postgres://nobody@127.0.0.1:${port}/none`));
    const reported = Promise.withResolvers<void>();
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => reported.resolve());
    const connectionOf = async (channel: string): Promise<Socket> => {
      listener.listen(channel, () => undefined);
      const [socket] = (await once(silent, 'connection')) as [Socket];
      return socket;
    };
    const first = await connectionOf('first');
    const second = await connectionOf('second');
    second.destroy();
    await reported.promise; // the second only waits for its next try

    const left = once(first.resume(), 'end');
    await listener.stop();

    await left;
    expect(first.readableEnded).toBe(true);
    first.destroy();
  });
});
