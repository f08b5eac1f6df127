import { beforeEach, expect, it } from '@jest/globals';
import type { UniqueClientsStore } from '../unique-clients-store.js';

/** A store, and a way to let its time go on. */
export interface TimedClientsStore {
  readonly store: UniqueClientsStore;
  passSeconds(seconds: number): void;
}

const CLIENTS = 10_000;
const ERROR_MAX = 0.02;

export const addressOf = (n: number): string => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
export const addresses = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, n) => addressOf(from + n));

/** What every store of unique clients does. `make` gives an empty one for each test. */
export function uniqueClientsStoreContract(make: () => Promise<TimedClientsStore>): void {
  let timed: TimedClientsStore;
  beforeEach(async () => {
    timed = await make();
  });
  const counts = () => timed.store.counts();
  const add = (...seen: string[]) => timed.store.add(seen);

  it('counts nobody at first', async () => {
    expect(await counts()).toEqual({ minute: 0, day: 0 });
    await add();
    expect(await counts()).toEqual({ minute: 0, day: 0 });
  });

  it('counts a few exactly, each once, however often and whenever they come', async () => {
    await add('192.0.2.1', '192.0.2.2', '192.0.2.1');
    timed.passSeconds(20);
    await add('192.0.2.2', '2001:db8::1', 'ünï', '');

    expect(await counts()).toEqual({ minute: 5, day: 5 });
  });

  it(`counts ${CLIENTS} to 2%, also when they come in parts`, async () => {
    for (let from = 0; from < CLIENTS; from += 2_500) {
      await add(...addresses(2_500, from), ...addresses(100));
      timed.passSeconds(15);
    }

    const { minute, day } = await counts();
    expect(Math.abs(minute - CLIENTS) / CLIENTS).toBeLessThan(ERROR_MAX);
    expect(Math.abs(day - CLIENTS) / CLIENTS).toBeLessThan(ERROR_MAX);
  });

  it.each([0, 3, 9.999])(
    'keeps a client for 60 to 70 seconds, and for 24 to 25 hours (%s s into a bucket)',
    async (into) => {
      timed.passSeconds(into);
      await add('192.0.2.1');

      timed.passSeconds(60);
      expect(await counts()).toEqual({ minute: 1, day: 1 });
      timed.passSeconds(10);
      expect(await counts()).toEqual({ minute: 0, day: 1 });
      timed.passSeconds(86_400 - 70);
      expect(await counts()).toEqual({ minute: 0, day: 1 });
      timed.passSeconds(3_600);
      expect(await counts()).toEqual({ minute: 0, day: 0 });
    },
  );

  it('forgets nobody who comes again', async () => {
    for (let hours = 0; hours < 30; hours += 1) {
      await add('192.0.2.1');
      timed.passSeconds(3_600);
    }

    expect(await counts()).toEqual({ minute: 0, day: 1 });
  });
}
