import { describe, expect, it } from '@jest/globals';
import { loadSettings } from '#platform/config';
import type { LoadSample } from './load-monitor.js';
import { LoadShedder, type ShedReason } from './load-shedder.js';
import { SheddingSettings } from './shedding.settings.js';

const CALM: LoadSample = { eventLoopDelayMs: 0, heapRatio: 0.1 };

const working = (count: number) => ({ working: count, receiving: 0 });

const shedder = (env: Record<string, string> = {}, latest = CALM) => {
  const settings = loadSettings({ NODE_ENV: 'test', SHED_IN_FLIGHT_MAX: '10', ...env }).get(SheddingSettings);
  return new LoadShedder(settings, { latest });
};

describe('LoadShedder', () => {
  it.each([
    ['writes', 'GET', 9, false],
    ['writes', 'GET', 10, true],
    ['writes', 'HEAD', 9, false],
    ['writes', 'POST', 7, false],
    ['writes', 'POST', 8, true],
    ['reads', 'GET', 8, true],
    ['reads', 'PATCH', 9, false],
    ['reads', 'PATCH', 10, true],
  ])('with %s shed first, %s beside %i others: refused is %s', (first, method, inFlight, refused) => {
    expect(shedder({ SHED_FIRST: first }).refuses(method, working(inFlight))).toBe(refused);
  });

  it('refuses everything while the event loop is late, and while the heap is nearly full', () => {
    expect(shedder({}, { ...CALM, eventLoopDelayMs: 201 }).refuses('GET', working(0))).toBe(true);
    expect(shedder({}, { ...CALM, eventLoopDelayMs: 200 }).refuses('GET', working(0))).toBe(false);
    expect(shedder({}, { ...CALM, heapRatio: 0.91 }).refuses('GET', working(0))).toBe(true);
  });

  it('tells why it refused, each time', () => {
    const told: ShedReason[] = [];
    const full = shedder();
    full.observe((reason) => told.push(reason));
    full.refuses('POST', working(8));
    full.refuses('GET', working(8));
    full.refuses('GET', working(10));

    expect(told).toEqual(['in-flight', 'in-flight']);
  });

  it('refuses further writes, and no read, while too many are on their way', () => {
    const slow = { working: 0, receiving: 5 };

    expect(shedder({ SHED_RECEIVING_MAX: '5' }).refuses('POST', slow)).toBe(true);
    expect(shedder({ SHED_RECEIVING_MAX: '5' }).refuses('GET', slow)).toBe(false);
    expect(shedder({ SHED_RECEIVING_MAX: '6' }).refuses('POST', slow)).toBe(false);
  });

  it('always has room for one, however low the limit', () => {
    expect(shedder({ SHED_IN_FLIGHT_MAX: '1' }).refuses('POST', working(0))).toBe(false);
  });
});
