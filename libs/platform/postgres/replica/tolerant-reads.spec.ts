import { beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseTimeout, DatabaseUnavailable } from '../database.errors.js';
import type { Answer } from '../prepared-query.js';
import type { Lsn } from './lsn.js';
import type { OwnWrites } from './own-writes.js';
import type { ReadReplica } from './read-replica.js';
import type { ReplicaState, ReplicaWatch } from './replica-watch.js';
import { type RouteReason, TolerantReads } from './tolerant-reads.js';

const QUERY = { name: 'shelf.list', text: 'SELECT 1' };
const answer = (from: string): Answer => ({ rows: [{ from }], rowCount: 1 });

describe('a read that tolerates staleness', () => {
  let state: ReplicaState;
  let replayed: Lsn;
  let ownWrite: Lsn | null;
  let lookups: number;
  let doubts: number;
  let fromReplica: () => Promise<Answer>;
  let reasons: RouteReason[];
  let reads: TolerantReads;

  beforeEach(() => {
    [state, replayed, ownWrite, lookups, doubts, reasons] = ['fresh', 100n, null, 0, 0, []];
    fromReplica = () => Promise.resolve(answer('replica'));
    const replica = { query: () => fromReplica() } as unknown as ReadReplica;
    const watch = { state: () => state, doubt: () => (doubts += 1) };
    Object.defineProperty(watch, 'replayed', { get: () => replayed });
    const ownWrites = { latest: () => Promise.resolve(((lookups += 1), ownWrite)) } as unknown as OwnWrites;
    reads = new TolerantReads(replica, watch as unknown as ReplicaWatch, ownWrites);
    reads.observe((reason) => reasons.push(reason));
  });

  const read = async (fromPrimary = () => Promise.resolve(answer('primary'))): Promise<unknown> => {
    const { rows } = await reads.answer(QUERY, fromPrimary);
    return (rows as { from: string }[])[0]?.from;
  };

  it('goes to the replica when that is fresh and its caller has not written', async () => {
    expect(await read()).toBe('replica');
    expect(reasons).toEqual(['fresh']);
  });

  it.each(['out', 'lagging'] as const)(
    'goes to the primary while the replica is %s, and looks nothing up',
    async (how) => {
      state = how;
      expect(await read()).toBe('primary');
      expect({ reasons, lookups }).toEqual({ reasons: [how], lookups: 0 });
    },
  );

  it.each([
    [99n, 'replica', 'fresh'],
    [100n, 'replica', 'fresh'],
    [101n, 'primary', 'own-write'],
  ] as const)('of a caller who wrote up to %s, with 100 replayed, goes to the %s', async (lsn, server, reason) => {
    ownWrite = lsn;
    expect(await read()).toBe(server);
    expect(reasons).toEqual([reason]);
  });

  it.each([
    ['is lost', new DatabaseUnavailable(), 1],
    ['is silent', new DatabaseTimeout(), 1],
    ['has not got the table yet', Object.assign(new Error('no'), { code: '42P01' }), 0],
  ])('goes on to the primary, once, when the replica %s', async (_how, fact, doubtsExpected) => {
    fromReplica = () => Promise.reject(fact);
    expect(await read()).toBe('primary');
    expect({ reasons, doubts }).toEqual({ reasons: ['failed'], doubts: doubtsExpected });
  });

  it('fails as the primary does when both fail', async () => {
    fromReplica = () => Promise.reject(new DatabaseTimeout());
    await expect(read(() => Promise.reject(new DatabaseUnavailable()))).rejects.toBeInstanceOf(DatabaseUnavailable);
  });

  it('keeps a fault of its own, and troubles the primary with none', async () => {
    fromReplica = () => Promise.reject(Object.assign(new Error('no'), { code: '22012' }));
    await expect(read(() => Promise.reject(new Error('must not be asked')))).rejects.toMatchObject({ code: '22012' });
    expect({ reasons, doubts }).toEqual({ reasons: ['fresh'], doubts: 0 });
  });
});
