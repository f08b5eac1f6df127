import { describe, expect, it } from '@jest/globals';
import { BulkheadRejectedError } from 'cockatiel';
import { setImmediate } from 'node:timers/promises';
import { Ending } from '#platform/deadline';
import { Bulkhead } from './bulkhead.js';

const LIVING = new Ending<Error>();

/** A bulkhead with one place, taken, and room for two to wait. */
async function full() {
  const bulkhead = new Bulkhead({ concurrentMax: 1, queuedMax: 2 });
  await bulkhead.enter(LIVING);
  const admitted: string[] = [];
  const wait = (name: string, ending = LIVING) => bulkhead.enter(ending).then(() => void admitted.push(name));
  return { bulkhead, admitted, wait };
}

describe('a bulkhead', () => {
  it('lets in as many as it has places, at once', async () => {
    const bulkhead = new Bulkhead({ concurrentMax: 3, queuedMax: 0 });
    await Promise.all([1, 2, 3].map(() => bulkhead.enter(LIVING)));
    expect(bulkhead.running).toBe(3);
    await expect(bulkhead.enter(LIVING)).rejects.toBeInstanceOf(BulkheadRejectedError);
  });

  it('hands a place on in the order of arrival', async () => {
    const { bulkhead, admitted, wait } = await full();
    const waiters = [wait('first'), wait('second')];
    bulkhead.leave();
    await setImmediate();
    expect(admitted).toEqual(['first']);
    bulkhead.leave();
    await Promise.all(waiters);
    expect(admitted).toEqual(['first', 'second']);
    expect([bulkhead.running, bulkhead.queued]).toEqual([1, 0]);
  });

  it('refuses at once when the queue is full', async () => {
    const { bulkhead, wait } = await full();
    void wait('first');
    void wait('second');
    await expect(bulkhead.enter(LIVING)).rejects.toBeInstanceOf(BulkheadRejectedError);
  });

  it('lets a waiter leave in the middle of the queue, with its reason and without a trace', async () => {
    const { bulkhead, admitted, wait } = await full();
    const caller = new Ending<Error>();
    const leaves = wait('leaves', caller);
    const stays = wait('stays');
    caller.end(new Error('gone'));
    await expect(leaves).rejects.toThrow('gone');
    expect(bulkhead.queued).toBe(1);
    bulkhead.leave();
    await stays;
    expect(admitted).toEqual(['stays']);
  });

  it('loses no place to a waiter who is admitted and ended in the same tick, either way round', async () => {
    for (const order of ['end first', 'admit first']) {
      const { bulkhead, wait } = await full();
      const caller = new Ending<Error>();
      const waiter = wait('torn', caller).then(
        () => bulkhead.leave(),
        () => undefined,
      );
      const steps = [() => caller.end(new Error('gone')), () => bulkhead.leave()];
      for (const step of order === 'end first' ? steps : steps.reverse()) step();
      await waiter;
      expect([order, bulkhead.running, bulkhead.queued]).toEqual([order, 0, 0]);
    }
  });
});
