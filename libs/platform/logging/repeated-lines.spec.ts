import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Logger } from 'pino';
import { Deadline } from '#platform/deadline';
import { newRequestContext, runInRequest } from '#platform/context';
import { FrameworkLogger } from './framework-logger.js';
import { LINE_OF_ITS_OWN } from './line-of-its-own.js';
import { suppressedLines } from './log-metrics.js';
import { createLogger } from './logger.js';
import { RepeatedLines } from './repeated-lines.js';

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

const BOUNDS = { max: 3, windowSeconds: 10 };
const WINDOW_MS = 10_000;

let lines: Line[];
let repeated: RepeatedLines;
let logger: Logger;

function logging(bounds = BOUNDS): void {
  lines = [];
  repeated = new RepeatedLines(bounds);
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  logger = createLogger({ level: 'debug', service: 'test', version: '1', repeated }, stream);
}

beforeEach(() => {
  jest.useFakeTimers();
  suppressedLines.reset();
  logging();
});
afterEach(() => void jest.useRealTimers());

const times = (count: number, write: (n: number) => void): void =>
  Array.from({ length: count }, (_, n) => n).forEach(write);
const unavailable = (cause?: Error) =>
  Object.assign(new Error('The database is away.', { cause }), { code: 'db.away' });

describe('a line that repeats itself', () => {
  it('is written so many times in a window, and how many more there were is one line at its end', () => {
    times(4315, () =>
      logger.warn({ err: unavailable(), errorCode: 'db.away', runbook: 'docs/x.md' }, 'request failed'),
    );
    expect(lines).toHaveLength(BOUNDS.max);
    jest.advanceTimersByTime(WINDOW_MS - 1);
    expect(lines).toHaveLength(BOUNDS.max);
    jest.advanceTimersByTime(1);

    expect(lines.slice(BOUNDS.max)).toMatchObject([
      {
        level: 'warn',
        msg: '… 4,312 more lines like this in 10 s: request failed',
        suppressed: 4312,
        windowSeconds: 10,
        errorCode: 'db.away',
        runbook: 'docs/x.md',
      },
    ]);
    expect(lines.at(-1)).not.toHaveProperty('err');
    expect(repeated.size).toBe(0);
  });

  it('begins anew after the window', () => {
    times(5, () => logger.warn('gone'));
    jest.advanceTimersByTime(WINDOW_MS);
    times(5, () => logger.warn('gone'));

    expect(lines.map(({ msg }) => msg)).toEqual([
      ...Array<string>(3).fill('gone'),
      expect.stringContaining('2 more'),
      ...Array<string>(3).fill('gone'),
    ]);
  });

  it('has no summary where nothing was suppressed', () => {
    times(3, () => logger.warn('gone'));
    jest.advanceTimersByTime(WINDOW_MS);

    expect(lines).toHaveLength(3);
  });

  it('is the same with other ids and numbers in it', () => {
    times(9, (n) => logger.warn(`event 0198c5a0-6f0a-7c0e-9d55-0d6f9b1c2e3${n} of try ${n * 100}`));

    expect(lines).toHaveLength(3);
  });

  it('is one that Nest writes, too, by its context', () => {
    const framework = FrameworkLogger.over(logger);
    times(9, () => framework.warn('gone', 'Redis'));
    times(9, () => framework.warn('gone', 'Postgres'));
    jest.advanceTimersByTime(WINDOW_MS);

    expect(lines.filter(({ suppressed }) => suppressed)).toMatchObject([{ context: 'Redis' }, { context: 'Postgres' }]);
  });

  it('is counted by its level', async () => {
    times(5, () => logger.warn('gone'));
    times(6, () => logger.error('gone'));

    const { values } = await suppressedLines.get();
    expect(values.map(({ labels, value }) => [labels.level, value])).toEqual([
      ['warn', 2],
      ['error', 3],
    ]);
  });

  it('is summed up for no request: neither the first one nor the last', () => {
    const context = newRequestContext({ deadline: new Deadline(1000), route: '/v1/x' });
    runInRequest(context, () => times(5, () => logger.warn('gone')));
    jest.advanceTimersByTime(WINDOW_MS);
    runInRequest(context, () => {
      times(5, () => logger.warn('gone'));
      repeated.flush();
    });

    expect(lines.filter(({ requestId }) => requestId !== undefined)).toHaveLength(6);
    for (const line of lines.filter(({ suppressed }) => suppressed)) expect(line).not.toHaveProperty('requestId');
  });

  it('is summed up at once when the process ends', () => {
    times(5, () => logger.warn('gone'));
    repeated.flush();
    expect(lines.at(-1)).toMatchObject({ suppressed: 2 });
    jest.advanceTimersByTime(WINDOW_MS);
    expect(lines).toHaveLength(4);
  });
});

describe('a line that is not held back', () => {
  it.each([
    ['of another level', () => logger.error('gone')],
    ['of another message', () => logger.warn('gone again')],
    ['of another error', () => logger.warn({ err: new TypeError('x') }, 'gone')],
    ['of another code', () => logger.warn({ errorCode: 'a.b' }, 'gone')],
  ])('is one %s', (_what, write) => {
    times(9, () => logger.warn('gone'));
    write();

    expect(lines).toHaveLength(4);
  });

  it('is one with another cause: a new bug is not lost among what is known', () => {
    times(9, () => logger.error({ err: unavailable(new Error('connect ECONNREFUSED')) }, 'request failed'));
    logger.error({ err: unavailable(new TypeError('x is not a function')) }, 'request failed');

    expect(lines).toHaveLength(4);
  });

  it.each([
    ['the line of a request', () => logger.warn({ [LINE_OF_ITS_OWN]: true, status: 503 }, 'request')],
    ['what is fatal', () => logger.fatal({ err: unavailable() }, 'the process ends')],
    ['what somebody has asked for', () => logger.debug('gone')],
  ])('is %s', (_what, write) => {
    times(50, write);

    expect(lines).toHaveLength(50);
    expect(repeated.size).toBe(0);
    expect(lines[0]).not.toHaveProperty(['line of its own']);
  });

  it('is any where the bound is turned off', () => {
    logging({ max: 0, windowSeconds: 10 });
    times(50, () => logger.warn('gone'));

    expect(lines).toHaveLength(50);
  });
});

describe('the kinds of line that are told apart', () => {
  const flood = (level: 'info' | 'warn') =>
    times(2000, (n) => logger[level]({ context: `c-${'x'.repeat(n)}` }, 'flood'));

  it('are bounded, and so is what a flood of ever new ones writes', () => {
    times(5, () => logger.warn('the first'));
    flood('info');
    logger.error('another matter');

    expect(repeated.size).toBe(502);
    expect(lines).toHaveLength(BOUNDS.max + 499 + BOUNDS.max + 1);
    expect(lines.at(-1)).toMatchObject({ level: 'error', msg: 'another matter' });
    jest.advanceTimersByTime(WINDOW_MS);
    expect(lines.filter(({ suppressed }) => suppressed)).toMatchObject([
      { suppressed: 2, level: 'warn' },
      { suppressed: 1498, level: 'info', msg: expect.stringContaining('(of many kinds)') },
    ]);
    expect(repeated.size).toBe(0);
  });

  it('are summed up with no more of a message than its beginning', () => {
    times(5, () => logger.warn('gone '.repeat(300)));
    repeated.flush();

    expect(lines.at(-1)?.msg.length).toBeLessThan(300);
  });

  it('do not end in a loop of causes', () => {
    const round = new Error('round');
    round.cause = round;
    times(5, () => logger.warn({ err: round }, 'gone'));

    expect(lines).toHaveLength(3);
  });
});

describe('a message in a line', () => {
  it.each([
    ['of Nest', () => FrameworkLogger.over(logger).warn('connect to redis://:c4nary@cache failed')],
    ['beside fields', () => logger.info({ orderId: '7' }, 'connect to redis://:c4nary@cache failed')],
    ['of an error that stands for it', () => logger.error(new Error('connect to redis://:c4nary@cache failed'))],
    ['of an error among fields', () => logger.error({ err: new Error('connect to redis://:c4nary@cache failed') })],
  ])('%s holds no secret', (_where, write) => {
    write();

    expect(lines[0]?.msg).toBe('connect to redis://[redacted]@cache failed');
    expect(JSON.stringify(lines)).not.toContain('c4nary');
  });
});
