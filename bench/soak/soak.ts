import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Load } from '../load/plan.ts';
import { untilQuiet } from '../machine/quiet.ts';
import type { Scene } from '../scene/scene.ts';
import type { ServerProcess } from '../scene/server-process.ts';
import { startStore } from '../scene/servers.ts';
import { type Fault, faultsOf, standBetween } from './faults.ts';
import { mixOf } from './mix.ts';
import { type SoakSample, sampleOf } from './sample.ts';

/** Samples of a soak: enough for a slope, and periods that are long enough for a fault and its end. */
const SAMPLES = 40;
const PERIOD_MS = { min: 5_000, max: 60_000 };
/** Far below what the store can do: what is soaked is not overloaded. */
const LOAD = { connections: 64, ratePerSecond: 150 };
/** What a store may say in a period in which something is broken. In another one, and after it, it may not. */
const BEARABLE = [503, 504];
/**
 * Before each look: so the pool has as many connections as it may have, and not as many as happened to be used last. Whatever
 * was broken is mended: each answer has to be good.
 */
const BURST: Load = { connections: LOAD.connections, durationMs: 300 };
/** From the end of the load, which is a third of a period after the end of the fault. */
const MENDED_MS = 2_000;

export interface SoakResult {
  readonly durationMs: number;
  readonly faults: readonly string[];
  readonly answers: number;
  /** By status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly samples: readonly SoakSample[];
}

/** Load with faults, and between the periods a look at what is left when garbage is collected. */
export async function soak(scene: Scene, durationMs: number): Promise<SoakResult> {
  const name = 'the soaked store';
  const between = await standBetween(scene);
  const server = await startStore(scene, {
    name,
    flags: ['--expose-gc', '--import', join(import.meta.dirname, 'probe.mjs')],
    env: {
      DATABASE_URL: between.postgres.url,
      RECOMMENDER_URL: between.recommender.url,
      ...(between.redis && { REDIS_URL: between.redis.url }),
    },
  });
  const requests = await mixOf(scene);
  await scene.load.plan(name, server.url, requests);
  const faults = faultsOf(between, () => server.url, recommendedIn(requests));
  const periodMs = Math.min(PERIOD_MS.max, Math.max(PERIOD_MS.min, durationMs / SAMPLES));
  const [samples, statuses, beganMs]: [SoakSample[], Record<string, number>, number] = [[], {}, performance.now()];
  let answers = 0;
  for (let period = 0; performance.now() - beganMs < durationMs; period += 1) {
    const fault = faults[period % faults.length] as Fault;
    const result = await periodOf(scene, name, fault, periodMs);
    answers += result.answers;
    for (const [status, count] of Object.entries(result.statuses)) statuses[status] = (statuses[status] ?? 0) + count;
    await pause(MENDED_MS);
    await scene.load.run(name, BURST);
    // How many of these there are depends on how many were asked at a time: any number from none to the most allowed.
    between.recommender.closeIdleConnections();
    samples.push(await settledSample(server, beganMs));
    scene.progress.note(noteOn(fault, samples.at(-1)));
  }
  return { durationMs, faults: faults.map((fault) => fault.name), answers, statuses, samples };
}

/** Well for a third of the time, broken for a third, and well again. */
async function periodOf(scene: Scene, name: string, fault: Fault, periodMs: number) {
  const load: Load = { ...LOAD, durationMs: periodMs, bearable: fault.breaks ? BEARABLE : [] };
  const running = scene.load.run(name, load);
  running.catch(() => undefined); // thrown below
  try {
    await pause(periodMs / 3, undefined, { signal: scene.signal });
    await fault.begin();
    await pause(periodMs / 3, undefined, { signal: scene.signal });
  } finally {
    await fault.end();
  }
  return running;
}

async function settledSample(server: ServerProcess, beganMs: number): Promise<SoakSample> {
  await untilQuiet([server.pid]);
  return sampleOf(server, performance.now() - beganMs);
}

/** A product that is on sale: whatever page it is shown on, it is another one on most of them. */
const recommendedIn = (requests: readonly { readonly text: string }[]): string =>
  /\/v1\/products\/([0-9a-f-]{36})/.exec(requests[0]?.text ?? '')?.[1] ?? '';

const noteOn = ({ name }: Fault, sample: SoakSample | undefined): string =>
  `${Math.round((sample?.atMs ?? 0) / 1_000)} s  heap ${sample?.heapMb.toFixed(1)} MB, ${sample?.descriptors} descriptors, ` +
  `${sample?.listeners} listeners, pool ${sample?.pool}; broken: ${name}`;
