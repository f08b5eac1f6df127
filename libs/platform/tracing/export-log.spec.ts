import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ExportLog } from './export-log.js';

const lines: unknown[] = [];
beforeEach(() => {
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(line));
});
afterEach(() => void jest.restoreAllMocks());

describe('lost spans', () => {
  it('are told of at once, and then once a minute with all that came between', () => {
    const log = new ExportLog();
    const lose = (spans: number, errorType: string, nowMs: number) => log.note({ spans, errorType }, nowMs);

    lose(5, 'Error', 0);
    for (let nowMs = 1_000; nowMs < 60_000; nowMs += 1_000) lose(2, 'queue_full', nowMs);
    lose(3, 'Error', 60_000);

    expect(lines).toEqual([
      expect.stringContaining(': 5 (Error).'),
      expect.stringContaining(': 118 (queue_full), 3 (Error).'),
    ]);
  });
});
