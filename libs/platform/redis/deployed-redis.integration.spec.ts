import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answering, aRedis, describeWith, REDIS_SERVER, RedisServer } from '#platform/testing';
import type { Redis } from './redis.js';

const CONFIGURATION = join(import.meta.dirname, '../../../deploy/redis/redis.conf');
const PASSWORD = randomBytes(9).toString('hex');

describeWith(REDIS_SERVER, 'a Redis with the configuration under deploy/', () => {
  let folder: string;
  let server: RedisServer;
  let redis: Redis;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deployed-redis-'));
    const authorization = join(folder, 'authorization');
    await writeFile(authorization, `requirepass ${PASSWORD}\n`);
    const text = await readFile(CONFIGURATION, 'utf8');
    const configuration = join(folder, 'redis.conf');
    await writeFile(configuration, text.replace('/run/secrets/redis_authorization', authorization));
    server = await RedisServer.start([configuration]);
    redis = aRedis(server.url.replace('//', `//:${PASSWORD}@`));
    await answering(redis);
  });
  afterAll(async () => {
    redis.onApplicationShutdown();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const info = async (section: string): Promise<string> => redis.call('info', (client) => client.info(section));

  it('makes room for what is new, and keeps nothing on disk', async () => {
    expect(await info('memory')).toMatch(/^maxmemory:134217728\r$/m);
    expect(await info('memory')).toMatch(/^maxmemory_policy:allkeys-lru\r$/m);
    expect(await info('persistence')).toMatch(/^aof_enabled:0\r$/m);
  });

  it('lets in nobody without the password', async () => {
    const stranger = aRedis(server.url);

    await expect(answering(stranger, 500)).rejects.toThrow('no answer');
    stranger.onApplicationShutdown();
  });

  it.each([['FLUSHALL'], ['FLUSHDB'], ['KEYS', '*'], ['CONFIG', 'GET', '*'], ['DEBUG', 'SLEEP', '0']])(
    'knows no %s',
    async (...command) => {
      const asked = redis.call('forbidden', (client) => client.sendCommand(command));

      await expect(asked).rejects.toMatchObject({ message: expect.stringMatching(/unknown command/) });
    },
  );

  it('knows what the service says', async () => {
    await redis.call('tour', async (client) => {
      await client.set('{tour}:a', '1', { expiration: { type: 'PX', value: 60_000 }, condition: 'NX' });
      await client.mGet(['{tour}:a', '{tour}:b']);
      await client.eval("return redis.call('PTTL', KEYS[1])", { keys: ['{tour}:a'], arguments: [] });
      await client.multi().pfAdd('{tour}:c', 'client').pExpire('{tour}:c', 60_000).exec();
      await client.pfCount(['{tour}:c']);
      await client.del(['{tour}:a', '{tour}:c']);
    });
  });
});
