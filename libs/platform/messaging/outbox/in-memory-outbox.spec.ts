import { describe, expect, it } from '@jest/globals';
import { MemoryStoreFull } from '#platform/errors';
import { MemoryUnitOfWork } from '#platform/unit-of-work';
import { aDomainEvent } from '../testing/event.builder.js';
import { outboxContract } from '../testing/outbox.contract.js';
import { EVENTS_MAX, InMemoryOutbox } from './in-memory-outbox.js';

describe('InMemoryOutbox', () => {
  outboxContract(async () => {
    const outbox = new InMemoryOutbox();
    return { outbox, unitOfWork: new MemoryUnitOfWork(outbox) };
  });

  it('is bounded: what would not fit is refused, with the change that it tells of', async () => {
    const outbox = new InMemoryOutbox();
    await outbox.append(Array.from({ length: EVENTS_MAX }, () => aDomainEvent()));
    await expect(outbox.append([aDomainEvent()])).rejects.toBeInstanceOf(MemoryStoreFull);
  });
});
