import { describe, expect, it } from '@jest/globals';
import { SettableClock } from '#kernel/testing/settable-clock';
import { loadSettings } from '#platform/config';
import { MemoryRateLimitStore } from './memory-rate-limit-store.js';
import { RateLimitSettings } from './rate-limit.settings.js';
import { RateLimiter } from './rate-limiter.js';

const settings = (env: Readonly<Record<string, string>>) =>
  loadSettings({ NODE_ENV: 'test', ...env }).get(RateLimitSettings);

function aLimiter(env: Readonly<Record<string, string>> = {}) {
  const clock = new SettableClock();
  return { clock, limiter: new RateLimiter(new MemoryRateLimitStore(clock), settings(env)) };
}

const THREE = { RATE_LIMIT_MAX: '3', RATE_LIMIT_WINDOW_SECONDS: '60' };
const SEARCHES = { name: 'searches', max: 2, windowSeconds: 10 };

describe('RateLimiter', () => {
  it('tells the limit and what is left of it, by default 6,000 in a minute', async () => {
    const { limiter } = aLimiter();

    expect(await limiter.admit('user:a')).toEqual({
      refusal: null,
      policyField: '"default";q=6000;w=60',
      quotaField: '"default";r=5999;t=60',
    });
  });

  it('counts down, and the seconds too, which it rounds up', async () => {
    const { clock, limiter } = aLimiter();
    await limiter.admit('user:a');
    clock.passSeconds(12.3);

    expect(await limiter.admit('user:a')).toMatchObject({ quotaField: '"default";r=5998;t=48' });
  });

  it('refuses what is over the limit, until the window ends', async () => {
    const { clock, limiter } = aLimiter(THREE);
    for (let n = 0; n < 3; n += 1) expect(await limiter.admit('user:a')).toMatchObject({ refusal: null });
    clock.passSeconds(20.5);

    expect(await limiter.admit('user:a')).toEqual({
      refusal: { limit: { name: 'default', max: 3, windowSeconds: 60 }, retryAfterSeconds: 40 },
      policyField: '"default";q=3;w=60',
      quotaField: '"default";r=0;t=40',
    });
    clock.passSeconds(39.5);
    expect(await limiter.admit('user:a')).toMatchObject({ refusal: null });
  });

  it('never asks to come back in no time', async () => {
    const { clock, limiter } = aLimiter(THREE);
    for (let n = 0; n < 3; n += 1) await limiter.admit('user:a');
    clock.passSeconds(59.999);

    expect(await limiter.admit('user:a')).toMatchObject({
      refusal: { retryAfterSeconds: 1 },
      quotaField: '"default";r=0;t=1',
    });
  });

  it('counts each caller apart', async () => {
    const { limiter } = aLimiter(THREE);
    for (let n = 0; n < 4; n += 1) await limiter.admit('user:a');

    expect(await limiter.admit('address:a')).toMatchObject({ refusal: null, quotaField: '"default";r=2;t=60' });
  });
});

describe('a limit of a route’s own', () => {
  it('holds besides the default, and both are told', async () => {
    const { limiter } = aLimiter(THREE);

    expect(await limiter.admit('user:a', SEARCHES)).toEqual({
      refusal: null,
      policyField: '"searches";q=2;w=10, "default";q=3;w=60',
      quotaField: '"searches";r=1;t=10, "default";r=2;t=60',
    });
  });

  it('refuses by its own number, and what it refuses takes nothing from the default', async () => {
    const { limiter } = aLimiter(THREE);
    for (let n = 0; n < 2; n += 1) await limiter.admit('user:a', SEARCHES);

    for (let n = 0; n < 5; n += 1) {
      expect(await limiter.admit('user:a', SEARCHES)).toMatchObject({
        refusal: { limit: SEARCHES, retryAfterSeconds: 10 },
      });
    }
    expect(await limiter.admit('user:a')).toMatchObject({ refusal: null, quotaField: '"default";r=0;t=60' });
  });

  it('does not help against the default', async () => {
    const { limiter } = aLimiter(THREE);
    for (let n = 0; n < 3; n += 1) await limiter.admit('user:a');

    expect(await limiter.admit('user:a', SEARCHES)).toMatchObject({
      refusal: { limit: { name: 'default' }, retryAfterSeconds: 60 },
      quotaField: '"searches";r=1;t=10, "default";r=0;t=60',
    });
  });

  it('is shared by all routes that give its name, and by no others', async () => {
    const { limiter } = aLimiter();
    for (let n = 0; n < 2; n += 1) await limiter.admit('user:a', SEARCHES);

    expect(await limiter.admit('user:a', { ...SEARCHES })).toMatchObject({ refusal: { limit: SEARCHES } });
    expect(await limiter.admit('user:a', { ...SEARCHES, name: 'exports' })).toMatchObject({ refusal: null });
  });
});

describe('whether a caller has used up what it has', () => {
  it('is told before, at and after the limit, and counts nothing', async () => {
    const { clock, limiter } = aLimiter(THREE);
    for (let n = 0; n < 3; n += 1) {
      expect(await limiter.exhausted('stranger:a')).toBe(false);
      expect(await limiter.exhausted('stranger:a')).toBe(false);
      await limiter.admit('stranger:a');
    }

    expect(await limiter.exhausted('stranger:a')).toBe(true);
    expect(await limiter.exhausted('stranger:b')).toBe(false);
    clock.passSeconds(60);
    expect(await limiter.exhausted('stranger:a')).toBe(false);
  });
});

describe('no limits at all', () => {
  it('are RATE_LIMIT_MAX=0: for routes with a limit of their own too', async () => {
    const { limiter } = aLimiter({ RATE_LIMIT_MAX: '0' });

    for (let n = 0; n < 10; n += 1) expect(await limiter.admit('user:a', SEARCHES)).toBeNull();
    expect(await limiter.exhausted('user:a')).toBe(false);
  });

  it.each(['-1', '1.5', 'none', '1000000001'])('are not RATE_LIMIT_MAX=%s', (max) => {
    expect(() => settings({ RATE_LIMIT_MAX: max })).toThrow('RATE_LIMIT_MAX');
  });

  it.each(['0', '86401'])('nor is a window of %s seconds', (seconds) => {
    expect(() => settings({ RATE_LIMIT_WINDOW_SECONDS: seconds })).toThrow('RATE_LIMIT_WINDOW_SECONDS');
  });
});
