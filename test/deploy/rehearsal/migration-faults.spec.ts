import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS, withConnection, type EmptyDatabase } from '#platform/testing';
import { runEntry } from '../../system/support/run-entry.js';
import { createSampleProduct } from '../../system/support/sample-product.js';
import { storeDatabase } from '../../system/support/store-database.js';
import { StoreProcess } from '../../system/support/store-process.js';
import { UNCACHED } from '../../system/support/uncached.js';
import { plantMigration } from './planted-migration.js';
import { releaseOfThisCheckout, releasesFolder, type Release } from './releases.js';
import { schemaSnapshot } from './schema-snapshot.js';

const LOCK_TIMEOUT_MS = 400;
const ADD_COLUMN = 'ALTER TABLE catalog.products ADD COLUMN planted int';
const HAS_COLUMN = `SELECT FROM information_schema.columns WHERE column_name = 'planted'`;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('a release whose migration', () => {
  let folder: Awaited<ReturnType<typeof releasesFolder>>;
  let next: Release;
  let database: EmptyDatabase;
  let store: StoreProcess;
  let product: string;

  beforeAll(async () => {
    folder = await releasesFolder();
    next = await releaseOfThisCheckout(folder.path);
  });
  afterAll(() => folder.remove());

  beforeEach(async () => {
    database = await storeDatabase();
    store = await (await StoreProcess.start({ databaseUrl: database.serviceUrl, env: UNCACHED })).ready();
    product = (await createSampleProduct(store.url)).url;
  });
  afterEach(async () => {
    await store.stop();
    await database.drop();
  });

  const migrate = (env: Record<string, string> = {}): Promise<Ended> =>
    runEntry('migrate', database, { root: next.root, env }).then(
      (stdout) => ({ code: 0, stdout, stderr: '' }),
      (error: unknown) => error as Ended,
    );

  /** Reads on and on until what is awaited is there; returns the longest wait, in milliseconds. */
  async function slowestRead<Result>(meanwhile: Promise<Result>): Promise<{ slowestMs: number; result: Result }> {
    const over = new AbortController();
    const finished = meanwhile.finally(() => over.abort());
    let slowestMs = 0;
    do {
      const startedAtMs = performance.now();
      expect((await fetch(product)).status).toBe(200);
      slowestMs = Math.max(slowestMs, performance.now() - startedAtMs);
    } while (!over.signal.aborted);
    return { slowestMs, result: await finished };
  }

  it('fails midway ends with 1 and what Postgres said, leaves the schema as it was, and the version before serves on', async () => {
    const name = await plantMigration(next, 'FailMidway', [
      ADD_COLUMN,
      'CREATE TABLE catalog.half (id int)',
      'SELECT nonsense',
    ]);
    const before = await schemaSnapshot(database.url);

    const { result } = await slowestRead(migrate());

    expect(before.length).toBeGreaterThan(100);
    expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining(`${name} failed: column "nonsense"`) });
    expect(await schemaSnapshot(database.url)).toEqual(before);
    expect((await fetch(`${store.managementUrl}/health/ready`)).status).toBe(200);
  });

  it('is applied by two runs at once is applied once, and both end well', async () => {
    const name = await plantMigration(next, 'AddPlanted', [ADD_COLUMN]);

    const ends = await Promise.all([migrate(), migrate()]);

    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    expect(ends.filter(({ stdout }) => stdout.includes(name))).toHaveLength(1);
    expect(await withConnection(database.url, async (admin) => (await admin.query(HAS_COLUMN)).rowCount)).toBe(1);
  });

  it('needs a table that is locked gives up within its bound, and reads wait no longer than that', async () => {
    await plantMigration(next, 'AddPlanted', [ADD_COLUMN]);
    await withConnection(database.url, async (other) => {
      await other.query('BEGIN; SELECT FROM catalog.products LIMIT 1'); // as a report does that runs for an hour

      const { slowestMs, result } = await slowestRead(migrate({ DATABASE_LOCK_TIMEOUT_MS: String(LOCK_TIMEOUT_MS) }));

      expect(result).toMatchObject({ code: 75, stderr: expect.stringContaining('lock timeout') });
      expect(slowestMs).toBeLessThan(LOCK_TIMEOUT_MS + SLACK_MS);
    });
  });
});
