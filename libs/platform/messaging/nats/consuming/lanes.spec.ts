import { describe, expect, it } from '@jest/globals';
import { Lanes } from './lanes.js';

const byHand = () => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { work: () => promise, finish: resolve, fail: reject };
};

describe('Lanes', () => {
  it('runs work of one key in its order, and of another beside it', async () => {
    const lanes = new Lanes();
    const done: string[] = [];
    const first = byHand();
    const all = [
      lanes.run('a', () => first.work().then(() => void done.push('a1'))),
      lanes.run('a', async () => void done.push('a2')),
    ];
    await lanes.run('b', async () => void done.push('b1'));
    first.finish();
    await Promise.all(all);

    expect(done).toEqual(['b1', 'a1', 'a2']);
  });

  it('remembers no key whose work is done', async () => {
    const lanes = new Lanes();
    await Promise.all([lanes.run('a', async () => {}), lanes.run('a', async () => {}), lanes.run('b', async () => {})]);

    expect(lanes.size).toBe(0);
  });
});
