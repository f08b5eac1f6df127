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

/**
 * Never rejects, but with what the signal was aborted with: what a trial throws is its failure, and so is an end that does
 * not come; then what it uses is killed.
 */
export async function verdictOn(attempt: Attempt, stage: Stage, signal: AbortSignal): Promise<Verdict> {
  const { trial, resource } = attempt;
  const missing = (trial.needs ?? []).flatMap((name) => stage.absent[name] ?? []);
  if (missing.length > 0) return notTried(attempt, missing);
  const startedAtMs = performance.now();
  const timeoutMs = trial.timeoutMs ?? TRIAL_TIMEOUT_MS;
  signal.throwIfAborted();
  const trying = Promise.try(run, attempt, stage);
  const finding = await bounded(trying, timeoutMs, signal).catch(async (error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof Overdue) await stage.evict(trying);
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

/** What was found, of a trial after which the replicas had to be replaced: a service recovers, or the promise is broken. */
export const withoutRecovery = (verdict: Verdict): Verdict => ({
  ...verdict,
  outcome: 'fail',
  measured: [verdict.measured, '✗ the replicas were not well again'].filter(Boolean).join('; '),
  bound: [verdict.bound, 'well again within 20 s, without a restart'].filter(Boolean).join('; '),
});

function failed(error: unknown): Finding & { threw: true } {
  const text = explain(error instanceof Error ? error.message : error);
  const measured = text.slice(0, MESSAGE_CHARACTERS_MAX);
  return { measured, bound: 'an end without an error', holds: false, threw: true };
}

class Overdue extends Error {}

async function bounded<T>(work: Promise<T>, timeoutMs: number, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Overdue(`It has not ended after ${timeoutMs / 1000} s.`)), timeoutMs);
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    promise.catch(() => undefined);
  }
}
