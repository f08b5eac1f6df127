/**
 * `npm run bench`: what the store costs beside bare servers that give the same answers, measured in turns on a core of their
 * own. See docs/performance.md.
 */
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { bundle } from '../tools/bundle/bundle.ts';
import { tryLock } from '../tools/process/lock-file.ts';
import { explain, Refusal } from '../tools/process/refusal.ts';
import { buildApp } from '../tools/start/build.ts';
import { Interrupted, watchForInterruption } from '../tools/start/interruption.ts';
import { Progress } from '../tools/start/progress.ts';
import { Cleanup } from '../tools/start-system/cleanup.ts';
import { CASES } from './cases/index.ts';
import { coresOfThisProcess, pinThisProcess } from './machine/cores.ts';
import { measure } from './measure.ts';
import { refuseUnwritable } from './options/place.ts';
import { type Measuring, type Options, optionsIn, OTHERS } from './options.ts';
import { PROFILES } from './profile/subjects.ts';
import { renderInto } from './report/page.ts';
import { reportOf } from './report/report.ts';
import { emptyResults, readResults, type Results, savedFile, writeResults } from './report/results.ts';
import { table } from './report/table.ts';
import type { Pace } from './rounds/measure.ts';
import { prepareScene } from './scene/scene.ts';

const checkout = resolve(import.meta.dirname, '..');
const PAGE = resolve(checkout, 'docs/performance.md');

const FULL: Pace = { rounds: 15, sliceMs: 1_000, warmUpMs: 4_000, connections: 16, starts: 7 };
const QUICK: Pace = { rounds: 3, sliceMs: 250, warmUpMs: 750, connections: 16, starts: 1 };

const NAME_WIDTH = 18;

async function main(options: Options): Promise<number> {
  const { mode } = options;
  if (mode.do === 'render') return render(mode.files.map((file) => resolve(file)));
  const interruption = watchForInterruption();
  const cleanup = new Cleanup();
  const progress = new Progress((text) => process.stderr.write(text), undefined, { nameWidth: NAME_WIDTH });
  try {
    const results = await measured(options, mode, { progress, cleanup, signal: interruption.signal });
    process.stdout.write(`\n${reportOf(results, { table, heading: '', targets: 'last', profileRows: 45 })}\n`);
    if (options.json !== null) writeResults(resolve(options.json), results);
    if (options.save) writeResults(savedFile(checkout, results, mode), results);
    return results.faults.length === 0 ? 0 : 1;
  } catch (error) {
    // What fails because its helpers were told to end, too, fails for that reason.
    const cause: unknown = interruption.signal.aborted ? interruption.signal.reason : error;
    if (cause instanceof Interrupted) return 128 + constants.signals[cause.signalName];
    throw error;
  } finally {
    await cleanup.run();
    interruption.release();
  }
}

interface Surroundings {
  readonly progress: Progress;
  readonly cleanup: Cleanup;
  readonly signal: AbortSignal;
}

/** @throws Refusal when another one runs: each would measure the other, and put its build in the other's place */
async function alone(cleanup: Cleanup): Promise<void> {
  const attempt = await tryLock(resolve(checkout, '.data/bench.lock'), 'npm run bench');
  if (!attempt.lock) throw new Refusal(`A benchmark runs already, as process ${attempt.holder.pid}.`);
  cleanup.keep(attempt.lock, (lock) => lock.release());
}

async function measured(options: Options, mode: Measuring, surroundings: Surroundings): Promise<Results> {
  const { progress, signal, cleanup } = surroundings;
  await alone(cleanup);
  const cores = coresOfThisProcess();
  const pace = { ...(options.quick ? QUICK : FULL), awake: mode.do === 'compare' && (mode.awake ?? false) };
  const empty = emptyResults(checkout, cores, { ...pace, rounds: options.rounds ?? pace.rounds }, options.quick);
  for (const app of ['store', 'recommender'] as const) {
    await progress.step(
      `build ${app}`,
      () => buildApp(checkout, app, signal),
      (done) => done,
    );
  }
  await progress.step(
    'bundle',
    () => bundle(resolve(checkout, 'dist'), resolve(checkout, 'bundle')),
    ({ after }) => `${after} files`,
  );
  await pinThisProcess(cores); // and with it all that it starts: Postgres, Redis, the load
  const scene = await prepareScene({ checkout, cores, ...surroundings });
  return measure(scene, mode, empty);
}

function render(files: readonly string[]): number {
  renderInto(PAGE, files.map(readResults));
  process.stdout.write(`The figures of ${files.join(', ')} are in ${PAGE}.\n`);
  return 0;
}

try {
  const measurements = [...CASES.map(({ name }) => name), ...OTHERS];
  const storeless = CASES.filter((maker) => maker.storeless).map(({ name }) => name);
  const options = optionsIn(process.argv.slice(2), { measurements, profiles: PROFILES, storeless });
  if (options.json !== null) refuseUnwritable(resolve(options.json));
  process.exitCode = await main(options);
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exitCode = 1;
}
