import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReplayProgress } from './replay-progress.js';

describe('the progress of a replay', () => {
  let progress: ReplayProgress;
  beforeEach(() => {
    progress = new ReplayProgress();
  });

  it('is unknown at first', () => {
    expect(progress.lagMs(1_000)).toBe(Infinity);
    expect(progress.replayed).toBe(0n);
  });

  it('is as old as the newest sample that has been replayed', () => {
    progress.sampled(10n, 1_000);
    progress.sampled(20n, 2_000);
    progress.sampled(30n, 3_000);
    progress.hasReplayed(25n);

    expect(progress.lagMs(3_500)).toBe(1_500);
    expect(progress.replayed).toBe(25n);
  });

  it('has no lag where the primary writes nothing', () => {
    progress.sampled(10n, 1_000);
    progress.hasReplayed(10n);
    progress.sampled(10n, 9_000);
    progress.hasReplayed(10n);

    expect(progress.lagMs(9_000)).toBe(0);
  });

  it('falls behind while the replay stands still, and catches up at once', () => {
    progress.sampled(10n, 1_000);
    progress.hasReplayed(10n);
    for (const atMs of [2_000, 3_000, 4_000]) {
      progress.sampled(BigInt(atMs), atMs);
      progress.hasReplayed(10n);
    }
    expect(progress.lagMs(4_000)).toBe(3_000);

    progress.hasReplayed(4_000n);
    expect(progress.lagMs(4_000)).toBe(0);
  });

  it('grows between two looks: a sample that nobody took shows nothing', () => {
    progress.sampled(10n, 1_000);
    progress.hasReplayed(10n);

    expect(progress.lagMs(8_000)).toBe(7_000);
  });

  it('knows nothing of a replica that came back with less than it had shown, until it is as far again', () => {
    progress.sampled(10n, 1_000);
    progress.hasReplayed(10n);
    progress.sampled(20n, 2_000);
    progress.hasReplayed(8n); // it was killed, and this is what it had on disk
    expect(progress.lagMs(2_000)).toBe(Infinity);

    progress.hasReplayed(20n);
    expect(progress.lagMs(2_500)).toBe(500);
  });

  it('keeps a bounded number of samples, and never takes a replica for younger than it is', () => {
    for (let n = 1; n <= 20_000; n += 1) progress.sampled(BigInt(n), n);
    progress.hasReplayed(5n); // long forgotten
    expect(progress.lagMs(20_000)).toBe(Infinity);

    progress.hasReplayed(19_999n);
    expect(progress.lagMs(20_000)).toBe(1);
  });
});
