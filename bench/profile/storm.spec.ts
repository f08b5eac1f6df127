import { describe, expect, it } from '@jest/globals';
import type { Load, LoadResult } from '../load/plan.js';
import { peakOf, refusedIn } from './storm.js';

describe('a storm', () => {
  it('is measured by the best slice: in the others the machine may have been elsewhere', async () => {
    const [asked, slices]: [Load[], number[]] = [[], [4_000, 6_000, 50]];
    const run = async (_name: string, load: Load) => {
      asked.push(load);
      return { goodPerSecond: slices[asked.length - 1] } as LoadResult;
    };
    const pace = { rounds: 3, sliceMs: 250, warmUpMs: 0, connections: 16, starts: 1 };

    expect(await peakOf({ run }, 'the store', pace)).toBe(6_000);
    expect(asked).toEqual(Array.from(slices, () => ({ connections: 16, durationMs: 250 })));
  });

  it('has its refusals counted, and none of what is no refusal', () => {
    expect(refusedIn({ bearable: [503] }, { statuses: { 200: 7, 503: 5 } })).toBe(5);
  });

  it('in which nothing was refused is told as none', () => {
    expect(() => refusedIn({ bearable: [503] }, { statuses: { 200: 7 } })).toThrow('not overloaded');
  });

  it('is not what a load is of which nothing may be refused', () => {
    expect(refusedIn({}, { statuses: { 200: 7 } })).toBe(0);
  });
});
