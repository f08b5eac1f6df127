import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SettableClock } from '#kernel/testing/settable-clock';
import { DatabaseUnavailable } from '#platform/postgres';
import { BATCH_RECORDS, BATCHES_MAX, ExpiredRecordsSweeper, SWEEP_INTERVAL_MS } from './expired-records.sweeper.js';
import { MemoryIdempotencyStore } from './store/memory-idempotency-store.js';

/** The longest that jitter makes of it. */
const LONGEST_MS = 1.5 * SWEEP_INTERVAL_MS;

describe('the sweeper of expired records', () => {
  let warnings: jest.SpiedFunction<Logger['warn']>;
  beforeEach(() => {
    jest.useFakeTimers();
    warnings = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  });
  afterEach(() => {
    jest.useRealTimers();
    warnings.mockRestore();
  });

  /** A sweeper whose store deletes as many as `counts` says, batch after batch, and then none. */
  function aSweeper(...counts: (number | Promise<number>)[]) {
    const clock = new SettableClock();
    const store = new MemoryIdempotencyStore();
    const forget = jest.spyOn(store, 'forgetExpired').mockImplementation(async () => counts.shift() ?? 0);
    const sweeper = new ExpiredRecordsSweeper(store, clock);
    sweeper.start();
    return { sweeper, forget, clock };
  }

  it('sweeps after half a minute at the earliest, and again in each interval', async () => {
    const { forget, clock, sweeper } = aSweeper();

    await jest.advanceTimersByTimeAsync(SWEEP_INTERVAL_MS / 2 - 1);
    expect(forget).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(LONGEST_MS);
    expect(forget).toHaveBeenCalledWith(clock.now(), BATCH_RECORDS);
    const sweeps = forget.mock.calls.length;
    await jest.advanceTimersByTimeAsync(LONGEST_MS);
    expect(forget.mock.calls.length).toBeGreaterThan(sweeps);
    await sweeper.stop();
  });

  it('goes on while batches are full, and no further than its bound', async () => {
    const short = aSweeper(BATCH_RECORDS, BATCH_RECORDS, 7, BATCH_RECORDS);
    await jest.advanceTimersToNextTimerAsync();
    expect(short.forget).toHaveBeenCalledTimes(3);

    const long = aSweeper(...Array.from({ length: 2 * BATCHES_MAX }, () => BATCH_RECORDS));
    await jest.advanceTimersByTimeAsync(LONGEST_MS);
    expect(long.forget.mock.calls.length).toBeGreaterThanOrEqual(BATCHES_MAX);
    await Promise.all([short.sweeper.stop(), long.sweeper.stop()]);
  });

  it('tells once of a database that is away, and sweeps on', async () => {
    const { forget, sweeper } = aSweeper();
    forget.mockRejectedValueOnce(new DatabaseUnavailable()).mockRejectedValueOnce(new DatabaseUnavailable());

    for (let sweep = 0; sweep < 3; sweep += 1) await jest.advanceTimersToNextTimerAsync();

    expect(forget).toHaveBeenCalledTimes(3);
    expect(warnings).toHaveBeenCalledTimes(1);
    await sweeper.stop();
  });

  it('ends with the service: it finishes the batch that is under way, and begins no other', async () => {
    const batch = Promise.withResolvers<number>();
    const { forget, sweeper } = aSweeper(batch.promise, BATCH_RECORDS);
    await jest.advanceTimersToNextTimerAsync();

    let ended = false;
    const end = sweeper.stop().then(() => (ended = true));
    await jest.advanceTimersByTimeAsync(0);
    expect(ended).toBe(false);
    batch.resolve(BATCH_RECORDS);
    await end;
    await jest.advanceTimersByTimeAsync(10 * LONGEST_MS);

    expect(forget).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
