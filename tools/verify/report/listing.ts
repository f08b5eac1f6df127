import { selected } from '../trial/select.ts';
import { toldOf } from './report.ts';
import { untriedOf } from '../trial/untried-of.ts';
import { TRIALS } from '../trials.ts';
import { wrapped } from './wrapped.ts';

const WIDTH = 118;
const NAME_WIDTH = 6;

/** What would be tried, and what would not. */
export function listing(only: readonly string[]): string {
  const trials = selected(TRIALS, only).toSorted((a, b) => a.promise.localeCompare(b.promise));
  const tried = trials.flatMap((trial) => {
    const where = 'runOn' in trial ? ' (on each resource of the API)' : '';
    const needs = trial.needs ? ` [needs ${trial.needs.join(', ')}]` : '';
    return row(trial.promise, `${trial.says}: ${trial.how}${where}${needs}`);
  });
  const untried = untriedOf(only).flatMap((each) => row(each.promise, toldOf(each)));
  return [...tried, '', 'Not tried here, and why:', ...untried, ''].join('\n');
}

const row = (name: string, text: string): string[] =>
  wrapped(text, WIDTH - NAME_WIDTH).map((line, index) => (index === 0 ? name : '').padEnd(NAME_WIDTH) + line);
