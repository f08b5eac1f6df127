import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DescriptorWriter, LAST_WRITE_MAX_MS } from './descriptor-writer.js';

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
const KIB = 1024;
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
  const readerGoes = (): void => closeSync(reading);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mainstay-pipe-'));
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    reading = openSync(pipe, O_RDONLY | O_NONBLOCK);
    writing = openSync(pipe, O_WRONLY | O_NONBLOCK);
    lost = 0;
    writer = new DescriptorWriter({ fd: writing, bytesMax: 256 * KIB, onLost: (lines) => (lost += lines) });
  });
  afterEach(() => {
    closeSync(writing);
    rmSync(folder, { recursive: true });
  });

  const flushed = () => new Promise<void>((resolve) => writer.flush(resolve));

  /** What is in the pipe now. */
  function read(): string {
    const buffer = Buffer.alloc(KIB * KIB);
    try {
      return buffer.toString('utf8', 0, readSync(reading, buffer));
    } catch {
      return ''; // EAGAIN: it is empty
    }
  }

  async function readUntilFlushed(): Promise<string> {
    let text = '';
    const flush = { done: false };
    void flushed().then(() => (flush.done = true));
    while (!flush.done) {
      text += read();
      await pause(1);
    }
    return text + read();
  }

  it('come in their order, and a flush is told when the last one is there', async () => {
    for (const n of countTo(100)) writer.write(line(n));
    await flushed();

    expect(numbersIn(read())).toEqual(countTo(100));
    readerGoes();
  });

  it('are kept when the pipe is full, and come when it is read, cut nowhere', async () => {
    for (const n of countTo(2_000)) writer.write(line(n));
    await pause(20); // a while in which it is full

    expect(numbersIn(await readUntilFlushed())).toEqual(countTo(2_000));
    expect(lost).toBe(0);
    readerGoes();
  });

  it('are lost beyond what is kept for a reader who is late, and counted; those that were kept come', async () => {
    for (const n of countTo(4_000)) writer.write(line(n));
    const text = await readUntilFlushed();

    expect(lost).toBe(4_000 - Math.floor((256 * KIB) / LINE_BYTES));
    expect(numbersIn(text)).toEqual(countTo(4_000 - lost));
    readerGoes();
  });

  it('have room again once the reader has caught up', async () => {
    for (const n of countTo(4_000)) writer.write(line(n));
    await readUntilFlushed();
    const before = lost;
    writer.write(line(7));
    await flushed();

    expect(numbersIn(read())).toEqual([7]);
    expect(lost).toBe(before);
    readerGoes();
  });

  it('are bounded in bytes, not in characters', async () => {
    const wide = `${'ä'.repeat(LINE_BYTES)}\n`;
    for (let n = 0; n < 2_000; n += 1) writer.write(wide);
    const text = await readUntilFlushed();

    expect(text).toBe(wide.repeat(Math.floor((256 * KIB) / (2 * LINE_BYTES + 1))));
    readerGoes();
  });

  it('are lost and counted when their reader is gone, and the next ones as well', async () => {
    readerGoes();
    writer.write(line(1));
    await flushed();
    writer.write(line(2) + line(3));
    await flushed();

    expect(lost).toBe(3);
  });

  it('are written at once at the end of the process', () => {
    writer.write(line(0)); // on its way
    for (const n of [1, 2, 3]) writer.write(line(n));
    writer.flushSync();

    expect(numbersIn(read())).toEqual(expect.arrayContaining([1, 2, 3]));
    readerGoes();
  });

  it('do not hold up the end of the process when nobody reads, and are not lost if it goes on', async () => {
    for (const n of countTo(2_000)) writer.write(line(n));
    const beganMs = performance.now();
    writer.flushSync();

    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(LAST_WRITE_MAX_MS);
    expect(numbersIn(await readUntilFlushed()).sort((one, other) => one - other)).toEqual(countTo(2_000));
    readerGoes();
  });
});
