import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** The ends of a pipe: descriptors of this process, which closes them. */
export interface Pipe {
  readonly reading: number;
  readonly writing: number;
}

/**
 * A pipe as a container's runtime gives one to a process: on Linux it holds 64 KiB. Node gives its children sockets, which
 * hold several times as much. Written so that Node runs it as it is: tools use it, too.
 * @param writingFlags of open(2), for the end that is written to
 */
export function openPipe(writingFlags = 0): Pipe {
  const folder = mkdtempSync(join(tmpdir(), 'mainstay-pipe-'));
  try {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    // First the end that is read, and without waiting for who writes: then the other one opens at once.
    const reading = openSync(path, O_RDONLY | O_NONBLOCK);
    return { reading, writing: openSync(path, O_WRONLY | writingFlags) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Starts a process whose stdout is such a pipe, and gives its other end, which ends with the process.
 * @param start is given the descriptor
 */
export function withPipe<T>(start: (stdout: number) => T): { readonly child: T; readonly stdout: Readable } {
  const { reading, writing } = openPipe();
  const stdout = new Socket({ fd: reading, readable: true, writable: false });
  try {
    return { child: start(writing), stdout };
  } catch (error) {
    stdout.destroy();
    throw error;
  } finally {
    closeSync(writing);
  }
}
