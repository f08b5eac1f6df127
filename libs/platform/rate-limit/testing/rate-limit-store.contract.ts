import { beforeEach, describe, expect, it } from '@jest/globals';
import type { NamedLimit, Quota, RateLimitStore } from '../rate-limit-store.js';

/** A store, and a way to let its time go on: by a clock that a test sets, or by making older what it holds. */
export interface TimedStore {
  readonly store: RateLimitStore;
  passSeconds(seconds: number): Promise<void>;
}

/**
 * What every store of rate limits does. `make` gives an empty one for each test. What is said of times holds to
 * `toleranceMs`: the time of a store on another machine goes on by itself.
 */
export function rateLimitStoreContract(
  make: () => Promise<TimedStore>,
  { toleranceMs }: { toleranceMs: number },
): void {
  const LIMIT: NamedLimit = { name: 'default', max: 3, windowSeconds: 60 };
  let timed: TimedStore;
  beforeEach(async () => {
    timed = await make();
  });

  async function take(caller = 'caller', limit = LIMIT): Promise<Quota> {
    const [quota, ...more] = await timed.store.take(caller, [limit]);
    if (!quota || more.length > 0) throw new Error('One limit has one quota.');
    return quota;
  }
  const peek = (caller = 'caller', limit = LIMIT) => timed.store.peek(caller, limit);
  async function exhaust(caller = 'caller', limit = LIMIT): Promise<void> {
    for (let n = 0; n < limit.max; n += 1) await take(caller, limit);
  }
  const expectReset = (resetMs: number, expectedMs: number): void => {
    expect(resetMs).toBeLessThanOrEqual(expectedMs);
    expect(resetMs).toBeGreaterThanOrEqual(expectedMs - toleranceMs);
  };

  it('lets in exactly as many as the limit allows, and tells what is left', async () => {
    const quotas = [await take(), await take(), await take(), await take(), await take()];

    expect(quotas.map(({ remaining, exceeded }) => ({ remaining, exceeded }))).toEqual([
      { remaining: 2, exceeded: false },
      { remaining: 1, exceeded: false },
      { remaining: 0, exceeded: false },
      { remaining: 0, exceeded: true },
      { remaining: 0, exceeded: true },
    ]);
  });

  it('lets in one, where the limit is one', async () => {
    const limit = { ...LIMIT, max: 1 };

    expect(await take('caller', limit)).toMatchObject({ remaining: 0, exceeded: false });
    expect(await take('caller', limit)).toMatchObject({ remaining: 0, exceeded: true });
  });

  it('lets in exactly as many when all come at once', async () => {
    const limit = { ...LIMIT, max: 20 };

    const quotas = await Promise.all(Array.from({ length: 60 }, () => take('caller', limit)));
    const admitted = quotas.filter(({ exceeded }) => !exceeded);

    expect(admitted.map(({ remaining }) => remaining).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, n) => n),
    );
    expect(quotas).toHaveLength(60);
  });

  it('begins the window with the first request, and ends it whatever comes between', async () => {
    expectReset((await take()).resetMs, 60_000);
    await timed.passSeconds(30);
    expectReset((await take()).resetMs, 30_000);
    await take();
    await timed.passSeconds(30);

    const fresh = await take();

    expect(fresh).toMatchObject({ remaining: 2, exceeded: false });
    expectReset(fresh.resetMs, 60_000);
  });

  it('is not prolonged by what is refused', async () => {
    await exhaust();
    await timed.passSeconds(30);
    const refused = await take();
    for (let n = 0; n < 10; n += 1) await take();
    expect(refused.exceeded).toBe(true);
    expectReset(refused.resetMs, 30_000);

    await timed.passSeconds(30);
    expect(await take()).toMatchObject({ remaining: 2, exceeded: false });
  });

  it('counts nothing that is refused, as a limit that is raised shows', async () => {
    await exhaust();
    for (let n = 0; n < 10; n += 1) await take();

    expect(await take('caller', { ...LIMIT, max: 5 })).toMatchObject({ remaining: 1, exceeded: false });
  });

  it('counts nobody for another', async () => {
    await exhaust('user:a');

    expect(await take('user:b')).toMatchObject({ remaining: 2 });
    expect(await take('user:A')).toMatchObject({ remaining: 2 });
    expect(await take('user:a')).toMatchObject({ exceeded: true });
  });

  it.each(['', ' ', 'a|b', 'a:b', 'a*', 'auth0|5f7c', '2001:db8:0:0::/64', 'ünï', '__proto__', 'k'.repeat(400)])(
    'takes any text for a key: %j',
    async (key) => {
      await exhaust(key);

      expect(await peek(key)).toMatchObject({ exceeded: true });
      expect(await peek(`${key}2`)).toMatchObject({ exceeded: false });
    },
  );

  it('keeps windows of different lengths apart', async () => {
    const long = { ...LIMIT, max: 1, windowSeconds: 120 };
    await take('long', long);
    await exhaust('short', LIMIT);
    await timed.passSeconds(60);

    expect(await take('short', LIMIT)).toMatchObject({ exceeded: false });
    expect(await take('long', long)).toMatchObject({ exceeded: true });
  });

  it('counts nothing when it is only asked', async () => {
    for (let n = 0; n < 10; n += 1) await peek();

    expect(await take()).toMatchObject({ remaining: 2 });
    for (let n = 0; n < 10; n += 1) await peek();
    expect(await take()).toMatchObject({ remaining: 1 });
  });

  it('begins no window when it is only asked', async () => {
    expect(await peek()).toEqual({ remaining: 3, resetMs: 60_000, exceeded: false });
    await timed.passSeconds(30);

    expectReset((await take()).resetMs, 60_000);
  });

  it('says when asked what the next request would meet', async () => {
    await take();
    await take();
    expect(await peek()).toMatchObject({ remaining: 1, exceeded: false });

    await take();
    const spent = await peek();
    expect(spent).toMatchObject({ remaining: 0, exceeded: true });
    expectReset(spent.resetMs, 60_000);

    await timed.passSeconds(60);
    expect(await peek()).toEqual({ remaining: 3, resetMs: 60_000, exceeded: false });
  });

  describe('several limits for one request', () => {
    const OWN: NamedLimit = { name: 'searches', max: 2, windowSeconds: 30 };
    const takeBoth = (caller = 'caller') => timed.store.take(caller, [OWN, LIMIT]);

    it('are counted together, each in a window of its own', async () => {
      const [own, shared] = await takeBoth();

      expect(own).toMatchObject({ remaining: 1, exceeded: false });
      expect(shared).toMatchObject({ remaining: 2, exceeded: false });
      expectReset(own?.resetMs ?? NaN, 30_000);
      expectReset(shared?.resetMs ?? NaN, 60_000);
      await timed.passSeconds(30);
      expect(await takeBoth()).toMatchObject([{ remaining: 1 }, { remaining: 1 }]);
    });

    it('are told as far as the first that refuses, and what it refuses is taken from no other', async () => {
      for (let n = 0; n < 2; n += 1) await takeBoth();

      for (let n = 0; n < 3; n += 1) expect(await takeBoth()).toMatchObject([{ remaining: 0, exceeded: true }]);
      expect(await peek()).toMatchObject({ remaining: 1, exceeded: false });
    });

    it('stay counted by those before the one that refuses', async () => {
      await exhaust();

      expect(await takeBoth()).toMatchObject([
        { remaining: 1, exceeded: false },
        { remaining: 0, exceeded: true },
      ]);
      expect(await peek('caller', OWN)).toMatchObject({ remaining: 1 });
    });

    it('are apart by their names', async () => {
      await exhaust('caller', OWN);

      expect(await peek('caller', { ...OWN, name: 'exports' })).toMatchObject({ remaining: 2 });
      expect(await peek('caller', OWN)).toMatchObject({ exceeded: true });
    });
  });
}
