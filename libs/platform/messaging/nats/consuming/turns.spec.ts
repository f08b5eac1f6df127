import { describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { Turns } from './turns.js';

const ENDLESS = new AbortController().signal;

const byHand = () => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { work: () => promise, finish: resolve, fail: reject };
};

describe('Turns', () => {
  it('are given in the order of coming, no more at one time than there are', async () => {
    const turns = new Turns(2);
    const works = [byHand(), byHand(), byHand(), byHand()];
    const begun: number[] = [];
    const all = works.map(({ work }, n) =>
      turns.run(() => {
        begun.push(n);
        return work();
      }, ENDLESS),
    );
    await turn();
    expect(begun).toEqual([0, 1]);

    works[1]?.finish();
    await turn();
    expect(begun).toEqual([0, 1, 2]);
    for (const { finish } of works) finish();
    await Promise.all(all);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('come back from work that fails', async () => {
    const turns = new Turns(1);
    await expect(turns.run(() => Promise.reject(new RangeError('no')), ENDLESS)).rejects.toThrow('no');

    expect(await turns.run(() => Promise.resolve('next'), ENDLESS)).toBe('next');
  });

  it('are not waited for any more by whoever is told to end, and not lost', async () => {
    const turns = new Turns(1);
    const ending = new AbortController();
    const first = byHand();
    const running = turns.run(first.work, ENDLESS);
    const waiting = turns.run(() => Promise.reject(new Error('it has begun')), ending.signal);
    const patient = turns.run(() => Promise.resolve('patient'), ENDLESS);

    ending.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    first.finish();
    await running;
    expect(await patient).toBe('patient');
    expect(await turns.run(() => Promise.resolve('next'), ENDLESS)).toBe('next');
  });

  it('are for whoever need not wait, also when he was told to end: what has begun may be finished', async () => {
    const turns = new Turns(1);
    const first = byHand();
    expect(await turns.run(() => Promise.resolve('done'), AbortSignal.abort())).toBe('done');

    const running = turns.run(first.work, ENDLESS);
    const late = turns.run(() => Promise.reject(new Error('it has begun')), AbortSignal.abort());
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
    first.finish();
    await running;
  });
});
