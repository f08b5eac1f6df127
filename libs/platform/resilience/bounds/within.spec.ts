import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Ending, untilEnd } from '#platform/deadline';
import { TimeSpent } from './time-spent.js';
import { asFollowed, within, type Followed } from './within.js';

const bound = (parent?: Followed) => ({ stretch: 'call', timeoutMs: 99.5, parent }) as const;
const forever = () => new Promise<never>(() => undefined);

describe('work within a bound', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  });
  afterEach(() => {
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('gives what the work gives, and leaves nothing behind', async () => {
    const parent = new AbortController();

    await expect(within(bound(asFollowed(parent.signal)), async () => 7)).resolves.toBe(7);

    expect(getEventListeners(parent.signal, 'abort')).toEqual([]);
  });

  it('ends when its time is over, to the next whole millisecond', async () => {
    const ends: unknown[] = [];
    const left = within(bound(), (ending) => {
      ending.onEnd((reason) => ends.push(reason));
      return untilEnd(ending, forever(), () => undefined);
    });
    const failed = expect(left).rejects.toBeInstanceOf(TimeSpent);

    jest.advanceTimersByTime(99);
    expect(ends).toEqual([]);
    jest.advanceTimersByTime(1);

    await failed;
    expect(ends).toEqual([expect.any(TimeSpent)]);
  });

  it.each<[string, () => { parent: Followed; end: (reason: Error) => void }]>([
    [
      'another bound',
      () => {
        const ending = new Ending<Error>();
        return { parent: ending, end: (reason) => ending.end(reason) };
      },
    ],
    [
      'a signal',
      () => {
        const controller = new AbortController();
        return { parent: asFollowed(controller.signal), end: (reason) => controller.abort(reason) };
      },
    ],
  ])('ends with the end of %s that it follows, and does not begin after it', async (_what, made) => {
    const { parent, end } = made();
    const reason = new Error('enough');
    const left = within(bound(parent), (ending) => untilEnd(ending, forever(), () => undefined));
    end(reason);
    const work = jest.fn(forever);

    await expect(left).rejects.toBe(reason);
    await expect(within(bound(parent), work)).rejects.toBe(reason);
    expect(work).not.toHaveBeenCalled();
  });
});
