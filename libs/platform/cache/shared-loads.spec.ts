import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newRequestContext, runInRequest } from '#platform/context';
import { ClientDisconnected, Deadline } from '#platform/deadline';
import { SharedLoads } from './shared-loads.js';

/** What a load may take at most. */
const LOAD_MAX_MS = 5_000;

/** A load that a test ends. */
class Slow {
  begun = 0;
  private readonly ending = Promise.withResolvers<string>();

  readonly work = (): Promise<string> => {
    this.begun += 1;
    return this.ending.promise;
  };

  end(result: string): void {
    this.ending.resolve(result);
  }
}

describe('loads that are shared', () => {
  let loads: SharedLoads<string>;
  beforeEach(() => {
    loads = new SharedLoads();
    jest.useFakeTimers();
  });
  afterEach(() => void jest.useRealTimers());

  const turns = (): Promise<void> => jest.advanceTimersByTimeAsync(0);
  /** By a client who may go. */
  const asked = (work: () => Promise<string>) => {
    const deadline = new Deadline(60_000);
    const context = newRequestContext({ deadline });
    const answer = runInRequest(context, () => loads.joinNext('a', work)).catch((error: unknown) => error);
    return { answer, leave: () => deadline.end(new ClientDisconnected()) };
  };

  it('run one at a time; those who come meanwhile share the next one', async () => {
    const [first, second, never] = [new Slow(), new Slow(), new Slow()];
    const running = loads.joinNext('a', first.work);
    const next = [loads.joinNext('a', second.work), loads.joinNext('a', never.work)];
    await turns();
    expect([first.begun, second.begun]).toEqual([1, 0]);

    first.end('first');
    second.end('second');

    expect(await running).toBe('first');
    expect(await Promise.all(next)).toEqual(['second', 'second']);
    expect([second.begun, never.begun, loads.size]).toEqual([1, 0, 0]);
  });

  it('are not joined by those who come when they have begun', async () => {
    const [first, second, third] = [new Slow(), new Slow(), new Slow()];
    const running = loads.joinNext('a', first.work);
    const next = loads.joinNext('a', second.work);
    first.end('first');
    await running;
    await turns();
    const late = loads.joinNext('a', third.work);
    second.end('second');
    third.end('third');

    expect([await next, await late]).toEqual(['second', 'third']);
    expect(loads.size).toBe(0);
  });

  it('have their time from when they begin, and not from when somebody began to wait', async () => {
    const [first, second] = [new Slow(), new Slow()];
    const running = loads.joinNext('a', first.work);
    const next = loads.joinNext('a', second.work);
    await jest.advanceTimersByTimeAsync(LOAD_MAX_MS - 1);
    first.end('first');
    await running;

    await jest.advanceTimersByTimeAsync(LOAD_MAX_MS - 1);
    second.end('second');

    expect(await next).toBe('second');
  });

  it('end when their time is over, and nothing of them is left', async () => {
    const endless = new Slow();
    const failed = loads.joinNext('a', endless.work).catch((error: unknown) => error);
    const next = loads.joinNext('a', async () => 'next');

    await jest.advanceTimersByTimeAsync(LOAD_MAX_MS);

    expect(await failed).toMatchObject({ code: 'platform.deadline-exceeded' });
    expect(await next).toBe('next');
    expect(loads.size).toBe(0);
  });

  it('are not begun when all who waited for them have gone; who comes then has one of his own', async () => {
    const [first, abandoned, second] = [new Slow(), new Slow(), new Slow()];
    const running = asked(first.work);
    const gone = asked(abandoned.work);
    await turns();
    gone.leave();
    expect(await gone.answer).toBeInstanceOf(ClientDisconnected);
    const stays = asked(second.work);
    first.end('first');
    second.end('second');

    expect([await running.answer, await stays.answer]).toEqual(['first', 'second']);
    expect([abandoned.begun, second.begun, loads.size]).toEqual([0, 1, 0]);
  });

  it('that throw at once reject, and leave nothing', async () => {
    const broken = (): never => {
      throw new RangeError('no');
    };

    await expect(loads.join('a', broken)).rejects.toThrow('no');
    await turns();
    expect(loads.size).toBe(0);
  });
});
