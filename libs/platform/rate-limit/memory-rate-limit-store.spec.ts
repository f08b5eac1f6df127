import { describe, expect, it } from '@jest/globals';
import { SettableClock } from '#kernel/testing/settable-clock';
import { KEYS_MAX, MemoryRateLimitStore } from './memory-rate-limit-store.js';
import { rateLimitStoreContract } from './testing/rate-limit-store.contract.js';

const LIMIT = { name: 'default', max: 1, windowSeconds: 60 };

function aStore() {
  const clock = new SettableClock();
  return { clock, store: new MemoryRateLimitStore(clock) };
}

describe('MemoryRateLimitStore', () => {
  rateLimitStoreContract(
    async () => {
      const { clock, store } = aStore();
      return { store, passSeconds: async (seconds) => clock.passSeconds(seconds) };
    },
    { toleranceMs: 0 },
  );

  it('ends a window at its very millisecond', async () => {
    const { clock, store } = aStore();
    store.take('caller', [LIMIT]);

    clock.passSeconds(59.999);
    expect(store.take('caller', [LIMIT])).toEqual([{ remaining: 0, resetMs: 1, exceeded: true }]);
    clock.passSeconds(0.001);
    expect(store.take('caller', [LIMIT])).toEqual([{ remaining: 0, resetMs: 60_000, exceeded: false }]);
  });

  it('holds so many keys and no more: the one that began first is forgotten', async () => {
    const { store } = aStore();
    for (let n = 0; n <= KEYS_MAX; n += 1) store.take(`caller-${n}`, [LIMIT]);

    expect(store.size).toBe(KEYS_MAX);
    expect(await store.peek('caller-0', LIMIT)).toMatchObject({ exceeded: false });
    expect(await store.peek('caller-1', LIMIT)).toMatchObject({ exceeded: true });
    expect(await store.peek(`caller-${KEYS_MAX}`, LIMIT)).toMatchObject({ exceeded: true });
  });

  it('forgets keys whose windows have ended, and no others', async () => {
    const { clock, store } = aStore();
    for (let n = 0; n < 1_000; n += 1) store.take(`early-${n}`, [LIMIT]);
    clock.passSeconds(30);
    store.take('late', [LIMIT]);
    clock.passSeconds(30);
    store.take('another', [LIMIT]);

    expect(store.size).toBe(2);
    expect(await store.peek('late', LIMIT)).toMatchObject({ exceeded: true });
  });

  it('does not forget a long window for the sake of short ones behind it', async () => {
    const { clock, store } = aStore();
    const daily = { ...LIMIT, windowSeconds: 86_400 };
    store.take('patient', [daily]);
    for (let n = 0; n < KEYS_MAX + 100; n += 1) {
      store.take(`hasty-${n}`, [LIMIT]);
      if (n % 1_000 === 0) clock.passSeconds(61);
    }

    expect(await store.peek('patient', daily)).toMatchObject({ exceeded: true });
    expect(store.size).toBeLessThan(1_100);
  });

  it('holds nothing for who is only asked about', async () => {
    const { store } = aStore();
    await store.peek('caller', LIMIT);

    expect(store.size).toBe(0);
  });

  it('places a key whose window began anew behind those that began before it', async () => {
    const { clock, store } = aStore();
    store.take('first', [LIMIT]);
    store.take('second', [{ ...LIMIT, windowSeconds: 1 }]);
    store.take('third', [LIMIT]);
    clock.passSeconds(1);
    store.take('second', [LIMIT]);
    for (let n = 0; n < KEYS_MAX - 1; n += 1) store.take(`caller-${n}`, [LIMIT]); // two more than there is room for

    expect(await store.peek('third', LIMIT)).toMatchObject({ exceeded: false }); // forgotten
    expect(await store.peek('second', LIMIT)).toMatchObject({ exceeded: true });
  });
});
