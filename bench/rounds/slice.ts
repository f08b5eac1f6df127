import type { Contender } from '../cases/case.ts';
import type { Load } from '../load/plan.ts';
import { cpuSince, withChildren } from '../machine/cpu-time.ts';
import { rssMbOf } from '../machine/process-size.ts';
import { untilQuiet } from '../machine/quiet.ts';
import type { Scene } from '../scene/scene.ts';
import type { ServerProcess } from '../scene/server-process.ts';
import { checkLines } from './lines.ts';

const NANOSECONDS_PER_MICROSECOND = 1_000;
const NANOSECONDS_PER_MS = 1e6;

/** What one server did in one slice of time. */
export interface Slice {
  readonly round: number;
  /** Answers in a second. */
  readonly perSecond: number;
  /** CPU of the server for each answer, what it still did afterwards included. */
  readonly cpuMicroseconds: number;
  /** The same of Postgres with its backends, and of Redis. */
  readonly storesMicroseconds: number;
  /** Share of its core that the server used while it was asked: well below 1 something else held it up. */
  readonly busy: number;
  readonly loadBusy: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssMb: number;
}

export interface Measured {
  readonly contender: Contender;
  readonly server: ServerProcess;
}

/**
 * One slice.
 * @throws Refusal for an answer that is not as planned, and for a log that has not a line for each request
 */
export async function sliceOf(
  scene: Scene,
  { contender, server }: Measured,
  load: Load,
  round: number,
): Promise<Slice> {
  const stores = [...withChildren(scene.database.pid), ...(scene.redis ? [scene.redis.pid] : [])];
  const [serverCpu, storesCpu, lines] = [cpuSince([server.pid]), cpuSince(stores), server.lines.count];
  const result = await scene.load.run(contender.name, load);
  const meanwhile = serverCpu();
  await untilQuiet([server.pid, ...stores]);
  const [cpu, storesNanoseconds] = [serverCpu(), storesCpu()];
  await checkLines(contender, server, lines, result.answers);
  return {
    round,
    perSecond: result.goodPerSecond,
    cpuMicroseconds: cpu / NANOSECONDS_PER_MICROSECOND / result.answers,
    storesMicroseconds: storesNanoseconds / NANOSECONDS_PER_MICROSECOND / result.answers,
    busy: meanwhile / NANOSECONDS_PER_MS / result.durationMs,
    loadBusy: result.loadBusy,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    rssMb: rssMbOf(server.pid),
  };
}
