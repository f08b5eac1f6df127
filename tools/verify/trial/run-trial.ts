import { explain } from '../../process/refusal.ts';
import type { Resource } from '../api/resource.ts';
import type { Stage } from '../stage/stage.ts';
import { type AnyTrial, type Finding, type Inapplicable, TRIAL_TIMEOUT_MS, type Verdict } from './trial.ts';

const MESSAGE_CHARACTERS_MAX = 600;

/** One row of the table to come: a trial, and the resource that it is tried on. */
export interface Attempt {
  readonly trial: AnyTrial;
  readonly resource: Resource | null;
}

/** Trials on each resource become one attempt for each. */
export function attemptsOf(trials: readonly AnyTrial[], resources: readonly Resource[]): Attempt[] {
  return trials.flatMap((trial): Attempt[] =>
    'runOn' in trial ? resources.map((resource) => ({ trial, resource })) : [{ trial, resource: null }],
  );
}

/** Never rejects, but with what the signal was aborted with: what a trial throws is its failure. */
export async function verdictOn(attempt: Attempt, stage: Stage, signal: AbortSignal): Promise<Verdict> {
  const { trial, resource } = attempt;
  const missing = (trial.needs ?? []).flatMap((name) => stage.absent[name] ?? []);
  if (missing.length > 0) return notTried(attempt, missing);
  const startedAtMs = performance.now();
  const timeoutMs = trial.timeoutMs ?? TRIAL_TIMEOUT_MS;
  const finding = await bounded(() => run(attempt, stage), timeoutMs, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    return failed(error);
  });
  if ('inapplicable' in finding) return notTried(attempt, [finding.inapplicable]);
  const { says, how, promise } = trial;
  return {
    promise,
    resource: resource?.name ?? null,
    says,
    how,
    outcome: finding.holds ? 'pass' : 'fail',
    threw: 'threw' in finding,
    measured: finding.measured,
    bound: finding.bound,
    gaps: finding.gaps ?? [],
    tookMs: Math.round(performance.now() - startedAtMs),
  };
}

function run({ trial, resource }: Attempt, stage: Stage): Promise<Finding | Inapplicable> {
  if ('run' in trial) return trial.run(stage);
  if (resource === null) throw new Error('This trial is of a resource.');
  return trial.runOn(stage, resource);
}

export function notTried({ trial, resource }: Attempt, gaps: readonly string[]): Verdict {
  const { promise, says, how } = trial;
  const name = resource?.name ?? null;
  const nothing = { measured: '', bound: '', threw: false, tookMs: 0 };
  return { promise, resource: name, says, how, outcome: 'not tried', gaps, ...nothing };
}

function failed(error: unknown): Finding & { threw: true } {
  const text = explain(error instanceof Error ? error.message : error);
  const measured = text.slice(0, MESSAGE_CHARACTERS_MAX);
  return { measured, bound: 'an end without an error', holds: false, threw: true };
}

async function bounded<T>(work: () => Promise<T>, timeoutMs: number, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`It has not ended after ${timeoutMs / 1000} s.`)), timeoutMs);
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work(), promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    promise.catch(() => undefined);
  }
}
