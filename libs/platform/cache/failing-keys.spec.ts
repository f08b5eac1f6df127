import { describe, expect, it } from '@jest/globals';
import { FailingKeys } from './failing-keys.js';

const fails = () => Promise.reject(new RangeError('no'));

describe('the keys that fail', () => {
  it('are those whose last load has failed, each for itself', async () => {
    const failing = new FailingKeys();
    await expect(failing.noting('a', fails)()).rejects.toThrow('no');
    await failing.noting('b', async () => 7)();

    expect([failing.has('a'), failing.has('b')]).toEqual([true, false]);
  });

  it('are not those that are truly nothing', async () => {
    const failing = new FailingKeys();
    await failing
      .noting('a', fails)()
      .catch(() => undefined);

    expect(await failing.noting('a', async () => null)()).toBeNull();
    expect(failing.has('a')).toBe(false);
  });

  it('are bounded', async () => {
    const failing = new FailingKeys();
    for (let n = 0; n < 1_001; n += 1)
      await failing
        .noting(`k${n}`, fails)()
        .catch(() => undefined);

    expect([failing.has('k0'), failing.has('k1'), failing.has('k1000')]).toEqual([false, true, true]);
  });
});
