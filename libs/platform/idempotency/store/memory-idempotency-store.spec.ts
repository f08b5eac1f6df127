import { describe, expect, it } from '@jest/globals';
import { aUnitOfWork } from '#platform/testing';
import { idempotencyStoreContract } from '../testing/idempotency-store.contract.js';
import { aRecord, CREATED_AT, idOf } from '../testing/record.builder.js';
import { MemoryIdempotencyStore, RECORDS_MAX } from './memory-idempotency-store.js';

describe('MemoryIdempotencyStore', () => {
  idempotencyStoreContract(async () => ({
    store: new MemoryIdempotencyStore(),
    unitOfWork: aUnitOfWork().unitOfWork,
  }));

  it('holds so many records and no more: the oldest is forgotten', async () => {
    const store = new MemoryIdempotencyStore();
    for (let n = 0; n <= RECORDS_MAX; n += 1) await store.keep(aRecord({ id: idOf(`${n}`) }));

    expect(store.size).toBe(RECORDS_MAX);
    expect(await store.claim(idOf('0'), CREATED_AT)).toBe('free');
    expect(await store.claim(idOf('1'), CREATED_AT)).not.toBe('free');
  });
});
