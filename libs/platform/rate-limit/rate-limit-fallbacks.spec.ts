import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';
import { QUIET_MS, RateLimitFallbacks } from './rate-limit-fallbacks.js';

const FAULT = new Error('Not available.', { cause: new Error('connection lost') });
const BEGINS = 'Redis gave no answer, so rate limits hold for each replica alone: connection lost';
const ENDS = 'Rate limits are shared by all replicas again.';

describe('the fallback of rate limits', () => {
  let lines: string[];
  let counter: Counter;
  let fallbacks: RateLimitFallbacks;
  beforeEach(() => {
    lines = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((line) => void lines.push(String(line)));
    jest.spyOn(Logger.prototype, 'log').mockImplementation((line) => void lines.push(String(line)));
    counter = new Counter({ name: 'fallbacks', help: 'Fallbacks.', registers: [new Registry()] });
    fallbacks = new RateLimitFallbacks(counter);
  });
  afterEach(() => void jest.restoreAllMocks());

  it('is told of in one line as it begins and one as it ends, and in a metric for each request', async () => {
    for (let n = 0; n < 50; n += 1) fallbacks.fellBack(FAULT, 1_000);
    expect(fallbacks.underway).toBe(true);
    for (let n = 0; n < 50; n += 1) fallbacks.answered(1_000 + QUIET_MS);

    expect(lines).toEqual([BEGINS, ENDS]);
    expect(fallbacks.underway).toBe(false);
    expect((await counter.get()).values).toMatchObject([{ value: 50 }]);
  });

  it('goes on while some requests are answered and others are not', () => {
    for (let nowMs = 0; nowMs < 60_000; nowMs += QUIET_MS / 2) {
      fallbacks.fellBack(FAULT, nowMs);
      fallbacks.answered(nowMs + 1);
    }

    expect(lines).toEqual([BEGINS]);
  });

  it('is told of anew when it comes anew', () => {
    fallbacks.fellBack(FAULT, 0);
    fallbacks.answered(QUIET_MS);
    fallbacks.fellBack(FAULT, QUIET_MS + 1);

    expect(lines).toEqual([BEGINS, ENDS, BEGINS]);
  });

  it('is no news while there is none', () => {
    fallbacks.answered(0);

    expect(lines).toEqual([]);
    expect(fallbacks.underway).toBe(false);
  });
});
