import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LogLevel } from './log-level.js';
import { createLogger } from './logger.js';
import { RepeatedLines } from './repeated-lines.js';

describe('a change of the level', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is told of each time, also after many that were harmless', () => {
    const lines: string[] = [];
    const repeated = new RepeatedLines({ max: 3, windowSeconds: 10 });
    const stream = { write: (line: string) => void lines.push(line) };
    const level = new LogLevel(createLogger({ level: 'info', service: 'test', version: '1', repeated }, stream));
    for (let n = 0; n < 10; n += 1) level.set('debug', 60, {});
    level.set('error', 60, {});

    expect(lines).toHaveLength(11);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ msg: 'log level changed', to: 'error' });
  });
});
