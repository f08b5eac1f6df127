import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../../tools/process/refusal.ts';
import type { Load, PlannedRequest } from '../load/plan.ts';
import { cpuNanosecondsByThread, MAIN_THREAD } from '../machine/cpu-time.ts';
import { answerTo, planned, refuseDifferent } from '../rounds/answers.ts';
import type { Pace } from '../rounds/measure.ts';
import type { Scene } from '../scene/scene.ts';
import type { ServerProcess } from '../scene/server-process.ts';
import { type CpuProfile, type Spent, spentIn } from './cpu-profile.ts';
import { peakOf, refusedIn } from './storm.ts';
import { type Subject, subjectsIn } from './subjects.ts';

const WORD_TIMEOUT_MS = 60_000;
const NANOSECONDS_PER_MICROSECOND = 1_000;
/** The thread that makes the profile: no part of what is profiled. */
const PROFILER = 'v8:ProfEvntProc';
/** What V8 calls the time in which nothing is to be done. */
const IDLE = '(idle)';

export interface Profiled {
  readonly name: string;
  /** As planned: refusals are no answers, but what they take is. */
  readonly answers: number;
  /** Absent in results from before there were any. */
  readonly refused?: number;
  /** For each answer, in microseconds: by thread, without the one that makes the profile. */
  readonly threads: Readonly<Record<string, number>>;
  /** What the main one took, by function; the most expensive first. */
  readonly spent: readonly Spent[];
}

/**
 * Where the CPU of a case's target goes, without its start and its warm-up.
 * @throws Refusal for a name that none has, and for a storm in which nothing was refused
 */
export async function profile(scene: Scene, name: string, pace: Pace): Promise<Profiled> {
  const subject = subjectsIn(scene)[name];
  if (!subject)
    throw new Refusal(`There is no profile of "${name}", but of ${Object.keys(subjectsIn(scene)).join(', ')}.`);
  const folder = scene.cleanup.keep(await mkdtemp(join(tmpdir(), 'mainstay-profile-')), (made) =>
    rm(made, { recursive: true, force: true }),
  );
  const file = join(folder, 'profile.json');
  const flags = ['--import', join(import.meta.dirname, 'preload.mjs')];
  const server = await subject.start({ name, flags, env: { BENCH_PROFILE: file } });
  await scene.load.plan(name, server.url, await requestsTo(server, subject, name));
  const calm: Omit<Load, 'durationMs'> = { connections: pace.connections };
  await scene.load.run(name, { ...calm, durationMs: pace.warmUpMs });
  const load = subject.load ? subject.load(await peakOf(scene.load, name, pace)) : calm;
  await tell(server, 'begin');
  const before = cpuNanosecondsByThread(server.pid);
  const result = await scene.load.run(name, { ...load, durationMs: pace.rounds * pace.sliceMs });
  const after = cpuNanosecondsByThread(server.pid);
  await tell(server, 'end');
  const found = JSON.parse(await readFile(file, 'utf8')) as CpuProfile;
  const refused = refusedIn(load, result);
  const answers = result.answers - refused;
  const threads = Object.fromEntries(
    [...after]
      .filter(([thread]) => thread !== PROFILER)
      .map(([thread, sum]) => [thread, (sum - (before.get(thread) ?? 0)) / NANOSECONDS_PER_MICROSECOND / answers]),
  );
  return {
    name,
    answers,
    refused,
    threads,
    spent: scaled(spentIn(found, scene.checkout), threads[MAIN_THREAD] ?? NaN),
  };
}

/**
 * A profile tells time by the clock on the wall, in which others compute as well: what was not idle is made to be the CPU of
 * the thread that the kernel has counted.
 */
export function scaled(spent: readonly Spent[], cpuMicroseconds: number): readonly Spent[] {
  const working = spent.filter(({ name }) => name !== IDLE);
  const factor = cpuMicroseconds / working.reduce((sum, { self }) => sum + self, 0);
  return working.map((each) => ({ ...each, self: each.self * factor, inclusive: each.inclusive * factor }));
}

async function requestsTo(server: ServerProcess, { questions, changing }: Subject, name: string) {
  const requests: PlannedRequest[] = [];
  for (const question of await questions()) {
    const answer = await answerTo(server.url, question);
    refuseDifferent([{ contender: name, answers: [answer] }], changing);
    requests.push(planned(question, answer, changing));
  }
  return requests;
}

async function tell({ sideChannel }: ServerProcess, word: 'begin' | 'end'): Promise<void> {
  const done = once(sideChannel, 'data', { signal: AbortSignal.timeout(WORD_TIMEOUT_MS) });
  sideChannel.write(`${word}\n`);
  await done;
}
