import { once } from 'node:events';
import { descriptorsOf, rssMbOf } from '../machine/process-size.ts';
import type { ServerProcess } from '../scene/server-process.ts';

const ANSWER_TIMEOUT_MS = 30_000;
const POOL = /^database_pool_connections\{state="(?:idle|used)"\} (\d+)$/gm;

/** What the probe finds after it has collected garbage. */
interface Found {
  readonly heapMb: number;
  readonly externalMb: number;
  /** On the process itself: each is a piece of code that will never be let go. */
  readonly listeners: number;
  /** What keeps the event loop alive: sockets, timers, requests to the system. */
  readonly resources: number;
}

export interface SoakSample extends Found {
  /** Since the soak began, in milliseconds. */
  readonly atMs: number;
  readonly rssMb: number;
  readonly descriptors: number;
  readonly sockets: number;
  /** Connections to Postgres, by the store's own count. */
  readonly pool: number;
}

export async function sampleOf(server: ServerProcess, atMs: number): Promise<SoakSample> {
  const { sideChannel, pid, managementUrl } = server;
  sideChannel.write('sample\n');
  const [line] = (await once(sideChannel, 'data', { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })) as [Buffer];
  const found = JSON.parse(line.toString()) as Found;
  const pool = poolIn(await (await fetch(`${managementUrl}/metrics`)).text());
  const { all: descriptors, sockets } = descriptorsOf(pid);
  return { atMs, ...found, rssMb: rssMbOf(pid), descriptors, sockets, pool };
}

export const poolIn = (metrics: string): number =>
  [...metrics.matchAll(POOL)].reduce((sum, [, count]) => sum + Number(count), 0);
