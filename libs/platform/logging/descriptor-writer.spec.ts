import { closeSync, constants, readSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openPipe } from '#platform/testing';
import { DescriptorWriter, LAST_WRITE_MAX_MS, RETRY_MAX_MS, RETRY_MIN_MS } from './descriptor-writer.js';

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
  let reading: number;
  let writing: number;
  let lost: number;
  let writer: DescriptorWriter;

  beforeEach(() => {
    jest.useFakeTimers();
    ({ reading, writing } = openPipe(constants.O_NONBLOCK));
    lost = 0;
    writer = new DescriptorWriter({ fd: writing, bytesMax: BYTES_MAX, onLost: (lines) => (lost += lines) });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
    closeSync(writing);
    if (reading !== -1) closeSync(reading);
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

  /** Looks once in a millisecond until nothing comes any more; gives what came, and when the last of it did. */
  function readToTheEnd(): { text: string; tookMs: number } {
    let [text, tookMs] = [read(), 0];
    for (let ms = 1; ms <= tookMs + 2 * RETRY_MAX_MS; ms += 1) {
      jest.advanceTimersByTime(1);
      const more = read();
      if (more === '') continue;
      text += more;
      tookMs = ms;
    }
    return { text, tookMs };
  }

  /** Sleeps as long as it is told to, in a time that nothing else passes in. */
  function sleeping(meanwhile: () => void = () => undefined): void {
    let nowMs = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    jest.spyOn(Atomics, 'wait').mockImplementation((_array, _index, _value, ms) => {
      nowMs += Number(ms);
      meanwhile();
      return 'timed-out';
    });
  }

  function sleptMs(work: () => void): number {
    const startedAtMs = performance.now();
    work();
    return performance.now() - startedAtMs;
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

  it('come as fast as a pipe can be filled each millisecond', () => {
    writeAll(2_000);

    expect(readToTheEnd().tookMs).toBeLessThanOrEqual(Math.ceil((2_000 * LINE_BYTES) / PIPE_BYTES));
  });

  it('are not lost to a reader who was late once, and takes 40 MB a second as they come', () => {
    const [first, eachMs, forMs] = [1_000, 400, 200];
    writeAll(first); // more than the pipe holds
    let text = '';
    for (let n = first; n < first + eachMs * forMs; n += eachMs) {
      for (const more of countTo(eachMs)) writer.write(line(n + more));
      jest.advanceTimersByTime(1);
      text += read();
    }

    expect(numbersIn(text + readToTheEnd().text)).toEqual(countTo(first + eachMs * forMs));
    expect(lost).toBe(0);
  });

  it('are not lost to him in a turn of the event loop either that goes on writing, and lets no timer run', () => {
    let nowMs = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const [first, eachMs, forMs] = [1_000, 400, 200];
    writeAll(first);
    let text = '';
    for (let n = first; n < first + eachMs * forMs; n += eachMs) {
      nowMs += 1;
      for (const more of countTo(eachMs)) writer.write(line(n + more));
      text += read();
    }

    expect(numbersIn(text + readToTheEnd().text)).toEqual(countTo(first + eachMs * forMs));
    expect(lost).toBe(0);
  });

  it('are tried ever more seldom while nobody reads, and at once again when somebody does', () => {
    const timer = jest.spyOn(globalThis, 'setTimeout');
    const pausesMs = () => timer.mock.calls.splice(0).map(([, ms]) => ms);
    writeAll(2_000);
    jest.advanceTimersByTime(RETRY_MAX_MS * 3);
    const alone = pausesMs();
    read();
    jest.advanceTimersByTime(RETRY_MAX_MS);

    expect(alone).toEqual([RETRY_MIN_MS, 2, 4, 8, 16, RETRY_MAX_MS, RETRY_MAX_MS, RETRY_MAX_MS]);
    expect(pausesMs()[0]).toBe(RETRY_MIN_MS);
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
      sleeping(() => (text += read()));
      writeAll(2_000);
      writer.flushSync();

      expect(numbersIn(text + read())).toEqual(countTo(2_000));
    });

    it('are waited for half a second in all where nobody reads, and are not lost if it goes on', () => {
      sleeping();
      writeAll(2_000);
      const firstMs = sleptMs(() => writer.flushSync());
      const secondMs = sleptMs(() => writer.flushSync());

      expect([firstMs, secondMs]).toEqual([LAST_WRITE_MAX_MS, 0]);
      expect(numbersIn(readToTheEnd().text)).toEqual(countTo(2_000));
    });

    it('are waited for again once all has been read', () => {
      sleeping();
      writeAll(2_000);
      writer.flushSync();
      readToTheEnd();
      writeAll(2_000);

      expect(sleptMs(() => writer.flushSync())).toBe(LAST_WRITE_MAX_MS);
    });
  });
});
