import { beforeEach, describe, expect, it } from '@jest/globals';
import type { UnitOfWork } from '#kernel/unit-of-work';
import type { IdempotencyRecord, IdempotencyStore } from '../store/idempotency-store.js';
import { aRecord, CREATED_AT, idOf } from './record.builder.js';

export interface StoreUnderTest {
  readonly store: IdempotencyStore;
  readonly unitOfWork: UnitOfWork;
}

const after = (ms: number): Date => new Date(CREATED_AT.getTime() + ms);
const HOUR_MS = 3_600_000;

/** What every store of answers does. `make` gives an empty one. */
export function idempotencyStoreContract(make: () => Promise<StoreUnderTest>): void {
  describe('as a store of answers', () => {
    let store: IdempotencyStore;
    let unitOfWork: UnitOfWork;
    beforeEach(async () => {
      ({ store, unitOfWork } = await make());
    });

    const keep = (record: IdempotencyRecord) => unitOfWork.run(() => store.keep(record));
    const claim = (id: string, now = CREATED_AT) => unitOfWork.run(() => store.claim(id, now));

    it('has a free place for what is new', async () => {
      expect(await claim(idOf('new'))).toBe('free');
    });

    it('gives what was kept, field for field and byte for byte', async () => {
      const record = aRecord();

      expect(await keep(record)).toBe(true);
      expect(await claim(record.id)).toMatchObject({ fingerprint: record.fingerprint, answer: record.answer });
    });

    it('keeps an answer without a body, headers or an error', async () => {
      const record = aRecord({ answer: { status: 204, headers: {}, body: '', errorCode: null } });
      await keep(record);

      expect(await claim(record.id)).toMatchObject({ answer: record.answer });
    });

    it('keeps the first of two, and says so', async () => {
      await keep(aRecord());

      expect(await keep(aRecord({ answer: { ...aRecord().answer, body: 'the second' } }))).toBe(false);
      expect(await claim(aRecord().id)).toMatchObject({ answer: aRecord().answer });
    });

    it('knows each by its id alone', async () => {
      await keep(aRecord());

      expect(await claim(idOf('another'))).toBe('free');
    });

    it('counts what has expired as absent, from that very moment, and puts another in its place', async () => {
      await keep(aRecord());
      const second = aRecord({ createdAt: after(HOUR_MS), expiresAt: after(2 * HOUR_MS), callerId: 'another' });

      expect(await claim(second.id, after(HOUR_MS - 1))).toMatchObject({ answer: second.answer });
      expect(await claim(second.id, after(HOUR_MS))).toBe('free');
      expect(await keep(second)).toBe(true);
      expect(await claim(second.id, after(HOUR_MS))).toMatchObject({ answer: second.answer });
    });

    it('keeps nothing of a unit of work that fails', async () => {
      const attempt = unitOfWork.run(async () => {
        await store.keep(aRecord());
        throw new Error('no');
      });

      await expect(attempt).rejects.toThrow('no');
      expect(await claim(aRecord().id)).toBe('free');
    });

    it('shows the unit its own record', async () => {
      const seen = await unitOfWork.run(async () => {
        await store.keep(aRecord());
        return store.claim(aRecord().id, CREATED_AT);
      });

      expect(seen).toMatchObject({ answer: aRecord().answer });
    });

    it('forgets what has expired, so many at a time, the oldest first, and nothing else', async () => {
      for (const n of [1, 2, 3, 4]) await keep(aRecord({ id: idOf(`${n}`), expiresAt: after(n * 1_000) }));

      expect(await store.forgetExpired(after(3_000), 2)).toBe(2);
      const left = await Promise.all([1, 2, 3, 4].map((n) => claim(idOf(`${n}`))));
      expect(left.map((kept) => kept === 'free')).toEqual([true, true, false, false]);
      expect(await store.forgetExpired(after(3_000), 2)).toBe(1);
      expect(await store.forgetExpired(after(3_000), 2)).toBe(0);
    });
  });
}
