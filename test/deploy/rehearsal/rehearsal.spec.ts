import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { createEmptyDatabase, describeWith, REDIS_SERVER, withConnection } from '#platform/testing';
import { HAPROXY, Replicas, Traffic } from '../../system/support/replicas/index.js';
import { runEntry } from '../../system/support/run-entry.js';
import type { Exit, StoreProcess } from '../../system/support/store-process.js';
import { readAndChangedBy, UNDERSTOOD, writtenBy } from './mixed-versions.js';
import { plantMigration } from './planted-migration.js';
import { previousCommit, releaseOf, releaseOfThisCheckout, releasesFolder, type Release } from './releases.js';

const CLIENTS = 12;
/** What the next version adds, and the previous one has never heard of. */
const COLUMN = 'rehearsed_at';
/** Two builds, and nine starts of a store. */
const SET_UP_MS = 600_000;
const ROLL_MS = 180_000;

// Each test is a step of one deployment, and of its way back, while the same clients go on.
describeWith(REDIS_SERVER, 'a deployment and its rollback', () => {
  describeWith(HAPROXY, 'behind HAProxy, under load', () => {
    let folder: Awaited<ReturnType<typeof releasesFolder>>;
    let previous: Release;
    let next: Release;
    let expansion: string;
    let replicas: Replicas;
    let traffic: Traffic;
    const exits: Exit[] = [];

    beforeAll(async () => {
      folder = await releasesFolder();
      previous = await releaseOf(await previousCommit(), folder.path);
      next = await releaseOfThisCheckout(folder.path);
      expansion = await plantMigration(next, 'AddRehearsedAt', [
        `ALTER TABLE catalog.products ADD COLUMN ${COLUMN} timestamptz`,
      ]);
      const database = await createEmptyDatabase();
      await runEntry('migrate', database, { root: previous.root });
      const env = { DRAIN_DELAY_MS: '5000' }; // production's: a balancer has to find out within it
      replicas = await Replicas.behind(HAPROXY, { root: previous.root, database, env });
      traffic = await Traffic.of(CLIENTS, replicas.url);
      process.stderr.write(`Rehearsing from ${previous.name} to ${next.name} and back.\n`);
    }, SET_UP_MS);

    afterAll(async () => {
      await traffic?.stop();
      await replicas?.close();
      await folder?.remove();
    });

    const entryOf = ({ root }: Release, ...args: string[]): Promise<string> =>
      runEntry('migrate', replicas.roles, { root, args });

    /** One replica after the other: it ends, its successor is ready, and the balancer sends to it. */
    async function roll(release: Release, from: number, to: number): Promise<void> {
      for (const slot of replicas.slots.slice(from, to)) {
        exits.push(await replicas.terminate(slot));
        await replicas.start(slot, release);
        await replicas.balancer.sendsTo(slot);
      }
    }

    const first = (): StoreProcess => replicas.running[0] as StoreProcess;
    const last = (): StoreProcess => replicas.running[2] as StoreProcess;

    async function expectUnderstanding(): Promise<void> {
      expect(await readAndChangedBy(last(), await writtenBy(first()))).toEqual(UNDERSTOOD);
      expect(await readAndChangedBy(first(), await writtenBy(last()))).toEqual(UNDERSTOOD);
    }

    it('migrates while the previous version serves, which stays ready', async () => {
      await traffic.answered(100);
      expect(await entryOf(next)).toContain(expansion);

      expect(await withConnection(replicas.adminUrl, hasColumn)).toBe(true);
      for (const store of replicas.running) expect(await schemaOf(store)).toMatchObject({ status: 200 });
      await traffic.answered(100);
    });

    it(
      'serves with both versions beside each other, and each reads and changes what the other wrote',
      async () => {
        await roll(next, 0, 1);

        expect(await schemaOf(first())).toEqual({ status: 200, schema: 'current' });
        expect(await schemaOf(last())).toMatchObject({ status: 200 });
        await expectUnderstanding();
        await traffic.answered(100);
      },
      ROLL_MS,
    );

    it(
      'ends with the next version alone',
      async () => {
        await roll(next, 1, 3);

        for (const store of replicas.running) expect(await schemaOf(store)).toEqual({ status: 200, schema: 'current' });
        await traffic.answered(100);
      },
      ROLL_MS,
    );

    it(
      'goes back one replica at a time; the previous version starts on the newer schema, and the two understand each other',
      async () => {
        expect(await entryOf(previous, 'status')).toContain('ahead');
        await roll(previous, 0, 1);

        expect(await schemaOf(first())).toEqual({ status: 200, schema: 'ahead' });
        await expectUnderstanding();
        await roll(previous, 1, 3);
        await traffic.answered(100);
      },
      ROLL_MS,
    );

    it('has failed no request, lost no write, and every process that was replaced has ended by itself', async () => {
      await traffic.stop();

      expect(traffic.failures).toEqual([]);
      expect(await traffic.added()).toBe(traffic.toAdd);
      expect(exits).toEqual(Array.from({ length: 6 }, () => ({ code: 0, signal: null })));
      process.stderr.write(`${traffic.log.length} requests, ${traffic.failures.length} failed.\n`);
    });
  });
});

/** What readiness says of the schema. */
async function schemaOf({ managementUrl }: StoreProcess): Promise<object> {
  const answer = await fetch(`${managementUrl}/health/ready`);
  const { details } = (await answer.json()) as { details: { database?: { schema?: string } } };
  return { status: answer.status, schema: details.database?.schema };
}

async function hasColumn(admin: Client): Promise<boolean> {
  const { rowCount } = await admin.query(
    `SELECT FROM information_schema.columns WHERE table_schema = 'catalog' AND column_name = $1`,
    [COLUMN],
  );
  return rowCount === 1;
}
