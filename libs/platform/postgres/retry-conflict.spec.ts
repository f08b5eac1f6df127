import { describe, expect, it } from '@jest/globals';
import { retryConflict } from './retry-conflict.js';

const failing = (times: number, code: string) => {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries <= times) throw Object.assign(new Error('lost'), { code });
    return tries;
  };
};

describe('retryConflict', () => {
  it.each(['40001', '40P01'])('repeats a unit that lost (%s)', async (code) => {
    expect(await retryConflict(failing(2, code))).toBe(3);
  });

  it('gives up after three tries, with the last failure', async () => {
    await expect(retryConflict(failing(3, '40P01'))).rejects.toMatchObject({ code: '40P01' });
  });

  it.each(['55P03', '23505', '57014', 'ECONNRESET'])('does not repeat after %s', async (code) => {
    await expect(retryConflict(failing(1, code))).rejects.toMatchObject({ code });
  });
});
