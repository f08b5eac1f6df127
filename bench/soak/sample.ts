import { once } from 'node:events';
import { descriptorsOf, rssMbOf } from '../machine/process-size.ts';
import type { ServerProcess } from '../scene/server-process.ts';

const ANSWER_TIMEOUT_MS = 30_000;
const POOL = /^database_pool_connections\{state="(idle|used)"\} (\d+)$/gm;

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
  /** Of these, lent to somebody: at rest to nobody, but for a moment to what looks after events. */
  readonly lent: number;
}

export async function sampleOf(server: ServerProcess, atMs: number): Promise<SoakSample> {
  const { sideChannel, pid } = server;
  sideChannel.write('sample\n');
  const [line] = (await once(sideChannel, 'data', { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })) as [Buffer];
  const found = JSON.parse(line.toString()) as Found;
  const connections = poolIn(await server.metrics());
  const { all: descriptors, sockets } = descriptorsOf(pid);
  return { atMs, ...found, rssMb: rssMbOf(pid), descriptors, sockets, ...connections };
}

/** @throws Error when the store does not count them: a pool of none would be flat for ever */
export function poolIn(metrics: string): { pool: number; lent: number } {
  const states = new Map([...metrics.matchAll(POOL)].map(([, state, count]) => [state, Number(count)]));
  const [idle, lent] = [states.get('idle'), states.get('used')];
  if (idle === undefined || lent === undefined) throw new Error('The metrics have no connections of the pool.');
  return { pool: idle + lent, lent };
}
