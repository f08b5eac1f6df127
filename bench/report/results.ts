import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { Refusal } from '../../tools/process/refusal.ts';
import type { Cores } from '../machine/cores.ts';
import type { Measuring } from '../options.ts';
import type { OverloadResult } from '../overload/overload.ts';
import type { Profiled } from '../profile/profile.ts';
import type { Pace } from '../rounds/measure.ts';
import type { SoakResult } from '../soak/soak.ts';
import type { StartResult } from '../start/start.ts';
import type { CaseResult } from './figures.ts';

const BYTES_PER_GB = 1e9;

/** Everything that a run has measured, sample by sample: tables and verdicts are made from this alone. */
export interface Results {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly commit: string;
  readonly quick: boolean;
  readonly node: string;
  readonly machine: {
    readonly processor: string;
    readonly cores: Cores;
    readonly memoryGb: number;
    /** Of the last minute, before anything was started: whoever else computes here. */
    readonly loadBefore: number;
  };
  readonly pace: Pace;
  readonly cases: CaseResult[];
  readonly ladder?: CaseResult;
  readonly start?: StartResult;
  readonly overload?: OverloadResult;
  readonly soak?: SoakResult;
  readonly profile?: Profiled;
  /** What could not be measured here, and why: without it the rest is right. */
  readonly left: string[];
  /** What went wrong: the run has failed, and the rest may be looked at all the same. */
  readonly faults: string[];
}

export function emptyResults(checkout: string, cores: Cores, pace: Pace, quick: boolean): Results {
  return {
    at: new Date().toISOString(),
    commit: commitOf(checkout),
    quick,
    node: process.version,
    machine: {
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      cores,
      memoryGb: Math.round(totalmem() / BYTES_PER_GB),
      loadBefore: loadavg()[0] ?? NaN,
    },
    pace,
    cases: [],
    left: [],
    faults: [],
  };
}

/** With `+` behind it where the checkout has changes. */
function commitOf(checkout: string): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: checkout, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const isChanged = git('status', '--porcelain', '--untracked-files=no') !== '';
    return git('rev-parse', '--short=12', 'HEAD') + (isChanged ? '+' : '');
  } catch {
    return 'unknown'; // no git, or no checkout of it
  }
}

export function writeResults(file: string, results: Results): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results)}\n`);
}

/** Where `--save` writes: by commit and what was measured, so that the same again replaces it, and a part not the whole. */
export const savedFile = (checkout: string, { commit }: Pick<Results, 'commit'>, mode: Measuring): string =>
  join(checkout, 'bench/results', `${[commit, ...wordsOf(mode)].join('-')}.json`);

function wordsOf(mode: Measuring): readonly string[] {
  if (mode.do === 'profile') return ['profile', mode.name];
  return mode.do === 'compare' ? [mode.awake ? 'awake' : 'compare', ...(mode.only ?? [])] : [mode.do];
}

/** @throws Refusal for a file that is none */
export function readResults(file: string): Results {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8')) as Partial<Results>;
    if (Array.isArray(results.cases) && results.machine) return results as Results;
  } catch (error) {
    throw new Refusal(`${file} can not be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  throw new Refusal(`${file} holds no results of a benchmark.`);
}
