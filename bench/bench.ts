/**
 * `npm run bench`: what the store costs beside bare servers that give the same answers, measured in turns on a core of their
 * own. See docs/performance.md.
 */
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { explain } from '../tools/process/refusal.ts';
import { buildStore } from '../tools/start/build.ts';
import { Interrupted, watchForInterruption } from '../tools/start/interruption.ts';
import { Progress } from '../tools/start/progress.ts';
import { Cleanup } from '../tools/start-system/cleanup.ts';
import { CASES } from './cases/index.ts';
import { coresOfThisProcess, pinThisProcess } from './machine/cores.ts';
import { measure, type Measuring } from './measure.ts';
import { type Options, optionsIn, OTHERS } from './options.ts';
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

const NAME_WIDTH = 14;

async function main(options: Options): Promise<number> {
  const { mode } = options;
  if (mode.do === 'render') return render(mode.files.map((file) => resolve(file)));
  const interruption = watchForInterruption();
  const cleanup = new Cleanup();
  const progress = new Progress((text) => process.stderr.write(text), undefined, { nameWidth: NAME_WIDTH });
  try {
    const results = await measured(options, mode, { progress, cleanup, signal: interruption.signal });
    process.stdout.write(`\n${reportOf(results, { table, heading: '', targets: 'last' })}\n`);
    if (options.json !== null) writeResults(resolve(options.json), results);
    if (options.save) writeResults(savedFile(checkout, results, mode.do), results);
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

async function measured(options: Options, mode: Measuring, surroundings: Surroundings): Promise<Results> {
  const { progress, signal } = surroundings;
  const cores = coresOfThisProcess();
  const pace = options.quick ? QUICK : FULL;
  const empty = emptyResults(checkout, cores, { ...pace, rounds: options.rounds ?? pace.rounds }, options.quick);
  await progress.step(
    'build',
    () => buildStore(checkout, signal),
    (done) => done,
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
  const known = [...CASES.map(({ name }) => name), ...OTHERS];
  process.exitCode = await main(optionsIn(process.argv.slice(2), known));
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exitCode = 1;
}
