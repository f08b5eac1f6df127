import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DescriptorWriter, LAST_WRITE_MAX_MS, RETRY_MS } from './descriptor-writer.js';

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
const KIB = 1024;
const BYTES_MAX = 256 * KIB;
/** What a pipe of Linux holds. */
const PIPE_BYTES = 64 * KIB;
/** Of one line, its end included. */
const LINE_BYTES = 100;

const line = (n: number): string => `${String(n).padEnd(LINE_BYTES - 1, '.')}\n`;
const numbersIn = (text: string): number[] => text.split('\n').slice(0, -1).map(Number.parseFloat);
const countTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

describe('lines for a pipe that does not block', () => {
  let folder: string;
  let reading: number;
  let writing: number;
  let lost: number;
  let writer: DescriptorWriter;

  beforeEach(() => {
    jest.useFakeTimers();
    folder = mkdtempSync(join(tmpdir(), 'mainstay-pipe-'));
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    reading = openSync(pipe, O_RDONLY | O_NONBLOCK);
    writing = openSync(pipe, O_WRONLY | O_NONBLOCK);
    lost = 0;
    writer = new DescriptorWriter({ fd: writing, bytesMax: BYTES_MAX, onLost: (lines) => (lost += lines) });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
    closeSync(writing);
    if (reading !== -1) closeSync(reading);
    rmSync(folder, { recursive: true });
  });

  const writeAll = (count: number): void => countTo(count).forEach((n) => writer.write(line(n)));

  /** What is in the pipe now. */
  function read(): string {
    const buffer = Buffer.alloc(KIB * KIB);
    try {
      return buffer.toString('utf8', 0, readSync(reading, buffer));
    } catch {
      return ''; // EAGAIN: it is empty
    }
  }

  /** Reads as a reader does who looks once in the time of a retry; gives what came, and how long that took. */
  function readToTheEnd(): { text: string; tookMs: number } {
    const flush = { done: false };
    writer.flush(() => (flush.done = true));
    let [text, tookMs] = [read(), 0];
    for (; !flush.done && tookMs < 10_000; tookMs += RETRY_MS) {
      jest.advanceTimersByTime(RETRY_MS);
      text += read();
    }
    return { text, tookMs };
  }

  /** And what the pipe holds: that goes by pages, and is a little less where lines are short. */
  function expectAsManyAsAreKept(text: string): void {
    expect(Buffer.byteLength(text)).toBeGreaterThan(BYTES_MAX + 0.9 * PIPE_BYTES);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(BYTES_MAX + PIPE_BYTES);
  }

  it('are there at once, in their order', () => {
    writeAll(100);

    expect(numbersIn(read())).toEqual(countTo(100));
  });

  it('are kept while it is full, and come in their order when it is read, cut nowhere', () => {
    writeAll(2_000);
    jest.advanceTimersByTime(60_000); // nobody reads

    expect(numbersIn(readToTheEnd().text)).toEqual(countTo(2_000));
    expect(lost).toBe(0);
  });

  it('come as fast as a pipe can be filled every five milliseconds', () => {
    writeAll(2_000);

    expect(readToTheEnd().tookMs).toBeLessThanOrEqual(5 * Math.ceil((2_000 * LINE_BYTES) / PIPE_BYTES));
  });

  it('are lost beyond what is kept for a reader who is late, and counted; those that were kept come', () => {
    writeAll(4_000);
    const { text } = readToTheEnd();

    expect(numbersIn(text)).toEqual(countTo(4_000 - lost));
    expectAsManyAsAreKept(text);
  });

  it('have room again once the reader has caught up', () => {
    writeAll(4_000);
    readToTheEnd();
    const before = lost;
    writeAll(2_000);

    expect(numbersIn(readToTheEnd().text)).toEqual(countTo(2_000));
    expect(lost).toBe(before);
  });

  it('are bounded in bytes, not in characters', () => {
    const wide = `${'ä'.repeat(LINE_BYTES)}\n`;
    for (let n = 0; n < 4_000; n += 1) writer.write(wide);

    expectAsManyAsAreKept(readToTheEnd().text);
  });

  it('are lost and counted when their reader is gone, and the next ones as well', () => {
    writeAll(2_000);
    closeSync(reading);
    reading = -1;
    const { text } = readToTheEnd();
    writer.write(line(1) + line(2));

    expect(text).toBe('');
    expect(lost).toBeGreaterThan(1_300); // all that was not in the pipe yet
    expect(readToTheEnd().tookMs).toBe(0);
  });

  describe('at the end of the process', () => {
    it('are waited for while somebody reads, and come whole and in their order', () => {
      let text = '';
      jest.spyOn(Atomics, 'wait').mockImplementation(() => {
        text += read();
        return 'timed-out';
      });
      writeAll(2_000);
      writer.flushSync();

      expect(numbersIn(text + read())).toEqual(countTo(2_000));
    });

    it('are waited for half a second in all where nobody reads, and are not lost if it goes on', () => {
      const sleep = jest.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
      writeAll(2_000);
      writer.flushSync();
      writer.flushSync();

      const sleptMs = sleep.mock.calls.reduce((sum, [, , , ms]) => sum + Number(ms), 0);
      expect(sleptMs).toBe(LAST_WRITE_MAX_MS);
      expect(numbersIn(readToTheEnd().text)).toEqual(countTo(2_000));
    });

    it('are waited for again once all has been read', () => {
      const sleep = jest.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
      writeAll(2_000);
      writer.flushSync();
      readToTheEnd();
      const before = sleep.mock.calls.length;
      writeAll(2_000);
      writer.flushSync();

      expect(sleep.mock.calls.length).toBe(2 * before);
    });
  });
});
