import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TcpProxy } from '#platform/testing';
import { freePort } from '../support/free-port.js';
import { OtlpStub } from '../support/otlp/otlp-stub.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';
import { Canaries } from './leaks/canaries.js';
import { canaryRole } from './leaks/canary-role.js';
import { ECHO } from './leaks/echoes.js';
import { Tour } from './leaks/tour.js';

const TOUR_TIMEOUT_MS = 60_000;

/** A server that answers, and says no: what it says of the attempt is logged. */
function refusedUrl(url: string, password: string): string {
  return Object.assign(new URL(url), { username: 'nobody', password }).href;
}

describe('a store at level trace, from its start to its crash', () => {
  const canaries = new Canaries();
  const undo: (() => Promise<unknown>)[] = [];
  let store: StoreProcess;
  let tour: Tour;
  let collector: OtlpStub;

  beforeAll(async () => {
    collector = await OtlpStub.start();
    const database = await storeDatabase();
    const role = await canaryRole(canaries.at('the password of the database'));
    const proxy = await TcpProxy.opened(role.in(database.url));
    const folder = await mkdtemp(join(tmpdir(), canaries.at('the path of a secret')));
    const file = join(folder, 'url');
    undo.push(
      role.drop,
      database.drop,
      () => proxy.close(),
      () => collector.close(),
      () => rm(folder, { recursive: true }),
    );
    await writeFile(file, `${proxy.url}?application_name=${canaries.at('a parameter of the secret')}\n`);
    store = await StoreProcess.start({
      env: {
        LOG_LEVEL: 'trace',
        ...collector.env,
        OTEL_EXPORTER_OTLP_HEADERS: `api-key=${canaries.at('the key of the collector')}`,
        DATABASE_URL_FILE: file,
        DATABASE_READ_URL: refusedUrl(database.url, canaries.at('the password of the read replica')),
        DATABASE_MIGRATOR_URL: `postgres://owner:${canaries.at('the password of the migrator')}@127.0.0.1/store`,
        REDIS_URL: `redis://store:${canaries.at('the password of Redis')}@127.0.0.1:${await freePort()}/0`,
        PLANTED_DETAIL: `connect to postgres://store:${canaries.at('a password in the message of an error')}@db failed`,
        SOME_OTHER_TOKEN: canaries.at('a variable of somebody else'),
      },
      preload: ['fail-on-signal.mjs'],
    });
    undo.push(() => store.stop());
    await store.ready();
    tour = new Tour(store, canaries);
    await tour.run(proxy, database.url);
    tour.outputs.add('traces', Buffer.concat(collector.bodies).toString('latin1'));
  }, TOUR_TIMEOUT_MS);

  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  });

  it('has refused each request for what was wrong with it', () => {
    expect(tour.answered).toEqual(tour.expected);
  });

  it('has crashed, and said so', async () => {
    expect(await store.exited).toEqual({ code: 1, signal: null });
    const message = expect.stringMatching(/^a planted fault: connect to postgres:\/\/\[redacted\]@db failed$/);
    const err = expect.objectContaining({ message, cause: expect.objectContaining({ type: 'TypeError' }) });
    expect(store.logs).toContainEqual(expect.objectContaining({ level: 'fatal', reason: 'unhandledRejection', err }));
  });

  it('has let out nothing that is secret', () => {
    expect(canaries.places.length).toBeGreaterThan(60);
    expect(tour.outputs.leaksOf(canaries)).toEqual([
      'a secret where a name belongs → an answer', // to whoever sent it as the name of a parameter, and not to the log
      'an accepted body value → /v1/products', // a description, to whoever reads the product, and not to the log
    ]);
  });

  // What shows that the search finds what is there: each of these is meant to be found where it is.
  it.each([
    ['the value of an allowed query parameter', ECHO.allowedQuery, ['stdout']],
    ['a path, to whoever asked for it, in the log and in traces', ECHO.path, ['an answer', 'stdout', 'traces']],
    ["a query parameter's name, likewise", ECHO.queryName, ['an answer', 'stdout']],
    ["a body field's name, to whoever sent it", ECHO.fieldName, ['an answer']],
    ['a sane x-request-id', ECHO.requestId, ['an answer', 'stdout', 'traces']],
    ['the name of a product, to whoever lists products', ECHO.productName, ['/v1/products']],
  ])('has let out %s', (_what, text, ways) => {
    expect(tour.outputs.waysOf(text)).toEqual(ways);
  });
});
