import { describe, expect, it } from '@jest/globals';
import { loadSettings } from '#platform/config';
import type { LoadSample } from './load-monitor.js';
import { LoadShedder, type ShedReason } from './load-shedder.js';
import { SheddingSettings } from './shedding.settings.js';

const CALM: LoadSample = { eventLoopDelayMs: 0, heapRatio: 0.1 };

const working = (count: number) => ({ working: count, receiving: 0 });

const shedder = (env: Record<string, string> = {}, samples: readonly LoadSample[] = []) => {
  const settings = loadSettings({ NODE_ENV: 'test', SHED_IN_FLIGHT_MAX: '10', ...env }).get(SheddingSettings);
  const made = new LoadShedder(settings);
  for (const sample of samples) made.adapt(sample);
  return made;
};

const samples = (count: number, sample: LoadSample) => Array.from({ length: count }, () => sample);
const late = (count: number) => samples(count, { ...CALM, eventLoopDelayMs: 201 });

/** How many may be worked on beside each other. */
function roomOf(asked: LoadShedder, method = 'GET'): number {
  let room = 0;
  while (asked.reasonFor(method, working(room)) === null) room += 1;
  return room;
}

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

  it('refuses everything while the heap is nearly full', () => {
    expect(shedder({}, [{ ...CALM, heapRatio: 0.91 }]).reasonFor('GET', working(0))).toBe('heap');
    expect(shedder({}, [{ ...CALM, heapRatio: 0.9 }]).reasonFor('GET', working(0))).toBeNull();
    expect(shedder({}, [{ ...CALM, heapRatio: 0.91 }, CALM]).reasonFor('GET', working(0))).toBeNull();
  });

  it.each([
    [0, 10],
    [1, 5],
    [2, 3],
    [3, 2],
    [4, 0],
    [50, 0],
  ])('after %i samples of a late event loop at a limit of 10, has room for %i', (times, room) => {
    expect(roomOf(shedder({}, late(times)))).toBe(room);
  });

  it('takes a loop for late that is above its limit, and not at it', () => {
    expect(roomOf(shedder({}, [{ ...CALM, eventLoopDelayMs: 200 }]))).toBe(10);
  });

  it('refuses for the event loop no earlier than it has to, and says so', () => {
    const lowered = shedder({}, late(1));

    expect(lowered.reasonFor('GET', working(4))).toBeNull();
    expect(lowered.reasonFor('GET', working(5))).toBe('event-loop-delay');
    expect(lowered.reasonFor('GET', working(10))).toBe('in-flight');
  });

  it('lets in more again, a tenth with each sample in time, and never more than ever', () => {
    const rooms = [0, 1, 2, 5, 9, 10, 50].map((calm) => roomOf(shedder({}, [...late(50), ...samples(calm, CALM)])));

    expect(rooms).toEqual([0, 1, 2, 5, 9, 10, 10]);
  });

  it('refuses what is shed first earlier than the others also when the loop is late', () => {
    const lowered = shedder({ SHED_IN_FLIGHT_MAX: '100' }, late(1));

    expect([roomOf(lowered, 'POST'), roomOf(lowered, 'GET')]).toEqual([40, 50]);
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
