import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const KIB_PER_MB = 1e6 / 1024;

/** Memory that a process has in RAM, in MB (10⁶ bytes). */
export function rssMbOf(pid: number): number {
  const kib = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / KIB_PER_MB;
}

export interface Descriptors {
  readonly all: number;
  readonly sockets: number;
}

export function descriptorsOf(pid: number): Descriptors {
  const targets = readdirSync(`/proc/${pid}/fd`).map((name) => targetOf(`/proc/${pid}/fd/${name}`));
  return { all: targets.length, sockets: targets.filter((target) => target.startsWith('socket:')).length };
}

function targetOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed in this very moment
  }
}
