import { describe, expect, it } from '@jest/globals';
import type { SoakResult } from '../soak/soak.js';
import { soakVerdict, watchedIn } from './soak.js';

const MINUTE_MS = 60_000;

/** @param leak MB of heap, and descriptors, more with each sample */
function aSoak(leak: { heapMb: number; descriptors: number }): SoakResult {
  const samples = Array.from({ length: 40 }, (_, index) => ({
    atMs: index * MINUTE_MS,
    heapMb: 60 + leak.heapMb * index + (index % 2) * 0.1 - (index < 10 ? 20 : 0),
    externalMb: 5,
    listeners: 8,
    resources: 30,
    rssMb: 200,
    descriptors: 50 + Math.floor(leak.descriptors * index),
    sockets: 40 - (index % 3),
    pool: 10,
    lent: 0,
  }));
  return { durationMs: 40 * MINUTE_MS, faults: ['none', 'one', 'another'], answers: 1, statuses: {}, samples };
}

describe('a soak', () => {
  it('is flat, whatever the heap did while caches filled, and whatever level a fault leaves behind', () => {
    expect(soakVerdict(aSoak({ heapMb: 0, descriptors: 0 }))).toBe('met');
  });

  it('finds a heap that grows by some megabytes in an hour', () => {
    expect(soakVerdict(aSoak({ heapMb: 0.06, descriptors: 0 }))).toBe('missed');
  });

  it('finds a descriptor that is left behind every ten samples', () => {
    const soak = aSoak({ heapMb: 0, descriptors: 0.1 });

    expect(watchedIn(soak).find(({ what }) => what === 'descriptors')).toMatchObject({ course: 'grows' });
  });

  it('says nothing after a minute, in which caches fill', () => {
    const short = { ...aSoak({ heapMb: 5, descriptors: 5 }), durationMs: MINUTE_MS };

    expect(soakVerdict({ ...short, samples: short.samples.slice(0, 2) })).toBe('inconclusive');
  });

  it('tells the slope by the hour', () => {
    const [heap] = watchedIn(aSoak({ heapMb: 0.1, descriptors: 0 }));

    expect(heap?.perHour).toBeCloseTo(6, 0);
    expect(heap?.drift).toBeCloseTo(2.9, 1);
  });
});
