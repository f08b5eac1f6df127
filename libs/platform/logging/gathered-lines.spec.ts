import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { GATHER_MS, GatheredLines, type LineSink } from './gathered-lines.js';

class RecordingSink implements LineSink {
  readonly written: string[] = [];
  flushes = 0;

  write(lines: string): void {
    this.written.push(lines);
  }

  flushSync(): void {
    this.flushes += 1;
  }
}

function recorded() {
  const sink = new RecordingSink();
  return { sink, lines: new GatheredLines(sink) };
}

describe('the lines of a turn of the event loop', () => {
  it('are handed on as one when it ends, in their order', async () => {
    const { sink, lines } = recorded();
    lines.write('first\n');
    lines.write('second\n');
    expect(sink.written).toEqual([]);
    await turn();

    expect(sink.written).toEqual(['first\nsecond\n']);
  });

  it('do not wait for those of the next one', async () => {
    const { sink, lines } = recorded();
    lines.write('first\n');
    await turn();
    lines.write('second\n');
    await turn();

    expect(sink.written).toEqual(['first\n', 'second\n']);
  });

  it('are handed on at once where they are many', () => {
    const { sink, lines } = recorded();
    for (let n = 0; n < 100; n += 1) lines.write(`${'x'.repeat(1_023)}\n`);

    expect(sink.written.map(({ length }) => length)).toEqual(Array.from({ length: 6 }, () => 16 * 1_024));
  });

  it('are handed on before a flush, as for a line that is fatal', async () => {
    const { sink, lines } = recorded();
    lines.write('last\n');
    lines.flushSync();

    expect(sink).toMatchObject({ written: ['last\n'], flushes: 1 });
    await turn();
    expect(sink.written).toEqual(['last\n']);
  });
});

describe('lines that may wait', () => {
  afterEach(() => void jest.useRealTimers());

  it('are handed on as one, with those of other turns, and no later than they may', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const { sink, lines } = recorded();
    lines.writeSoon('first\n');
    await turn();
    lines.writeSoon('second\n');
    jest.advanceTimersByTime(GATHER_MS - 1);
    expect(sink.written).toEqual([]);
    jest.advanceTimersByTime(1);

    expect(sink.written).toEqual(['first\nsecond\n']);
  });

  it('wait no more when one is written that may not, and stay in front of it', async () => {
    const { sink, lines } = recorded();
    lines.writeSoon('first\n');
    lines.write('second\n');
    await turn();

    expect(sink.written).toEqual(['first\nsecond\n']);
  });
});
