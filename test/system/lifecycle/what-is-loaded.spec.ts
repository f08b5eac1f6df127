import { describe, expect, it } from '@jest/globals';
import { ServiceProcess } from '../support/service-process.js';

/** Nobody listens there. A start does not wait for what is away. */
const NOWHERE = '127.0.0.1:1';
const DATABASE_URL = `postgres://nobody@${NOWHERE}/none`;
/** There are 2,200. What makes it grow should be looked at: each takes a third of a millisecond at every start. */
const FILES_MAX = 2_350;

/** What no start needs by itself. */
const ONLY_ON_DEMAND = [
  '@nats-io/jetstream',
  '@nats-io/transport-node',
  '@nestjs/swagger',
  '@opentelemetry/sdk-trace',
  '@redis/client',
  'ajv',
  'cache-manager-redis-yet',
  'fast-json-stringify',
  'js-yaml',
  'libphonenumber-js',
  'redis',
];

interface Loaded {
  readonly files: number;
  readonly packages: readonly string[];
}

/** What a store has loaded from its start to its end. */
async function loadedBy(env: Record<string, string>, meanwhile?: (url: string) => Promise<unknown>): Promise<Loaded> {
  const store = await ServiceProcess.start({ databaseUrl: DATABASE_URL, env, preload: ['tell-loaded.mjs'] });
  try {
    await meanwhile?.(store.url);
    store.signal('SIGTERM');
    await store.exited;
  } finally {
    await store.stop();
  }
  const told = store.stderr.find((line) => line.startsWith('loaded: ')) ?? 'loaded: {}';
  return JSON.parse(told.replace('loaded: ', '')) as Loaded;
}

describe('what a store loads', () => {
  it('is nothing of what is not configured, and no document before somebody asks for one', async () => {
    const { files, packages } = await loadedBy({});

    expect(packages).toEqual(expect.arrayContaining(['@nestjs/core', 'own', 'typeorm']));
    // One file of it writes the answers that are Fastify's own.
    expect(packages.filter((name) => ONLY_ON_DEMAND.includes(name))).toEqual(['fast-json-stringify']);
    expect(files).toBeLessThan(FILES_MAX);
  });

  it.each([
    ['Redis', { REDIS_URL: `redis://${NOWHERE}` }, ['cache-manager-redis-yet', 'redis']],
    ['the broker', { NATS_URL: `nats://${NOWHERE}` }, ['@nats-io/jetstream', '@nats-io/transport-node']],
  ])('is the client of %s where there is one', async (_what, env, packages) => {
    expect((await loadedBy(env)).packages).toEqual(expect.arrayContaining(packages));
  });

  it('is the library of documents when somebody asks for one', async () => {
    const ask = (url: string) => fetch(`${url}/openapi.json`).then((answer) => answer.json());

    expect((await loadedBy({}, ask)).packages).toContain('@nestjs/swagger');
  });

  it.each([
    ['redis', { REDIS_URL: `redis://${NOWHERE}` }],
    ['cache-manager-redis-yet', { REDIS_URL: `redis://${NOWHERE}` }],
    ['@nats-io/transport-node', { NATS_URL: `nats://${NOWHERE}` }],
  ])('keeps it from starting, and says so, when it can not be loaded: %s', async (lost, env) => {
    const store = ServiceProcess.launch({
      databaseUrl: DATABASE_URL,
      env: { ...env, TEST_LACKS: lost },
      preload: ['lack-package.mjs'],
    });

    expect(await store.exited).toEqual({ code: 1, signal: null });
    // Nest tells of it too, and its line may be on its way still when the last one is written at once.
    expect(store.logs.filter(({ level }) => level === 'fatal')).toEqual([
      expect.objectContaining({
        msg: 'the service could not start',
        err: expect.objectContaining({ message: `Cannot find package '${lost}'` }),
      }),
    ]);
  });
});
