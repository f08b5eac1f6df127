import { beforeEach, expect, it } from '@jest/globals';
import type { Limit, RateLimitStore } from '../rate-limit-store.js';

/** A store, and a way to let its time go on: by a clock that a test sets, or by waiting. */
export interface TimedStore {
  readonly store: RateLimitStore;
  passSeconds(seconds: number): Promise<void>;
}

/**
 * What every store of rate limits does. `make` gives an empty one for each test. Times are a second or two, and what is
 * said of them holds to `toleranceMs`, so that a store on another machine, whose time is its own, can be held to it.
 */
export function rateLimitStoreContract(
  make: () => Promise<TimedStore>,
  { toleranceMs }: { toleranceMs: number },
): void {
  const LIMIT: Limit = { max: 3, windowSeconds: 2 };
  let timed: TimedStore;
  beforeEach(async () => {
    timed = await make();
  });

  const take = (key = 'caller', limit = LIMIT) => timed.store.take(key, limit);
  const peek = (key = 'caller', limit = LIMIT) => timed.store.peek(key, limit);
  async function exhaust(key = 'caller', limit = LIMIT): Promise<void> {
    for (let n = 0; n < limit.max; n += 1) await take(key, limit);
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
    const limit = { max: 1, windowSeconds: 2 };

    expect(await take('caller', limit)).toMatchObject({ remaining: 0, exceeded: false });
    expect(await take('caller', limit)).toMatchObject({ remaining: 0, exceeded: true });
  });

  it('lets in exactly as many when all come at once', async () => {
    const limit = { max: 20, windowSeconds: 2 };

    const quotas = await Promise.all(Array.from({ length: 60 }, () => take('caller', limit)));
    const admitted = quotas.filter(({ exceeded }) => !exceeded);

    expect(admitted.map(({ remaining }) => remaining).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, n) => n),
    );
    expect(quotas).toHaveLength(60);
  });

  it('begins the window with the first request, and ends it whatever comes between', async () => {
    expectReset((await take()).resetMs, 2_000);
    await timed.passSeconds(1);
    expectReset((await take()).resetMs, 1_000);
    await take();
    await timed.passSeconds(1);

    const fresh = await take();

    expect(fresh).toMatchObject({ remaining: 2, exceeded: false });
    expectReset(fresh.resetMs, 2_000);
  });

  it('is not prolonged by what is refused', async () => {
    await exhaust();
    await timed.passSeconds(1);
    const refused = await take();
    for (let n = 0; n < 10; n += 1) await take();
    expect(refused.exceeded).toBe(true);
    expectReset(refused.resetMs, 1_000);

    await timed.passSeconds(1);
    expect(await take()).toMatchObject({ remaining: 2, exceeded: false });
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
    const long = { max: 1, windowSeconds: 4 };
    await take('long', long);
    await exhaust('short', LIMIT);
    await timed.passSeconds(2);

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
    expect(await peek()).toEqual({ remaining: 3, resetMs: 2_000, exceeded: false });
    await timed.passSeconds(1);

    expectReset((await take()).resetMs, 2_000);
  });

  it('says when asked what the next request would meet', async () => {
    await take();
    await take();
    expect(await peek()).toMatchObject({ remaining: 1, exceeded: false });

    await take();
    const spent = await peek();
    expect(spent).toMatchObject({ remaining: 0, exceeded: true });
    expectReset(spent.resetMs, 2_000);

    await timed.passSeconds(2);
    expect(await peek()).toEqual({ remaining: 3, resetMs: 2_000, exceeded: false });
  });
}
