import type { SoakResult } from '../soak/soak.ts';
import type { SoakSample } from '../soak/sample.ts';
import { mean } from '../statistics/quantile.ts';
import { type Course, courseOf, trendOf } from '../statistics/trend.ts';
import type { Verdict } from '../statistics/verdict.ts';
import type { TargetLine } from './cases.ts';
import { type Row, told } from './table.ts';

/** Caches and the last minutes' figures fill, and code is compiled: that has an end, is no leak, and not looked at. */
const WARM_UP_MS = 600_000;
/** In an hour. Of memory, and of timers: what moves by the moment at which it is looked at. */
const HARMLESS_SHARE = 0.03;
/** In all that is looked at, of things that are counted: less than one. */
const HARMLESS_COUNT = 0.9;
const MS_PER_HOUR = 3_600_000;

const WATCHED = [
  ['heap after GC, MB', 'heapMb', 'share'],
  ['external after GC, MB', 'externalMb', 'share'],
  ['descriptors', 'descriptors', 'count'],
  ['sockets', 'sockets', 'count'],
  ['listeners of the process', 'listeners', 'count'],
  ['what keeps the loop alive', 'resources', 'share'],
  ['pool of Postgres', 'pool', 'count'],
  ['of these lent, at rest', 'lent', 'count'],
] as const satisfies readonly (readonly [string, keyof SoakSample, 'share' | 'count'])[];

export const SOAK_HEAD: Row = ['', 'mean', 'drift', '95% between', 'harmless', 'an hour', ''];

interface Watched {
  readonly what: string;
  readonly mean: number;
  /** In the time that is looked at. */
  readonly drift: number;
  readonly low: number;
  readonly high: number;
  /** In the same time. */
  readonly harmless: number;
  readonly perHour: number;
  readonly course: Course;
}

export function watchedIn({ samples, faults }: SoakResult): readonly Watched[] {
  const settled = samples
    .map((sample, index) => ({ ...sample, kind: index % faults.length }))
    .filter(({ atMs }) => atMs >= WARM_UP_MS);
  const spanMs = (settled.at(-1)?.atMs ?? NaN) - (settled[0]?.atMs ?? NaN);
  return WATCHED.map(([what, name, counted]) => {
    const average = mean(settled.map((sample) => sample[name]));
    const trend = trendOf(settled.map(({ atMs, kind, [name]: y }) => ({ x: atMs / spanMs, y, kind })));
    const hours = spanMs / MS_PER_HOUR;
    const harmless = counted === 'share' ? average * HARMLESS_SHARE * hours : HARMLESS_COUNT;
    const { slope: drift, low, high } = trend;
    return {
      what,
      mean: average,
      drift,
      low,
      high,
      perHour: drift / hours,
      harmless,
      course: courseOf(trend, harmless),
    };
  });
}

export const soakRows = (result: SoakResult): readonly Row[] =>
  watchedIn(result).map(({ what, mean: average, drift, low, high, perHour, harmless, course }) => {
    return [what, told(average), told(drift), `${told(low)} to ${told(high)}`, told(harmless), told(perHour), course];
  });

export function soakVerdict(result: SoakResult): Verdict {
  const courses = watchedIn(result).map(({ course }) => course);
  if (courses.includes('grows')) return 'missed';
  return courses.every((course) => course === 'flat') ? 'met' : 'inconclusive';
}

/** The table of targets has numbers: here it is of how much of what is watched grows, or might. */
export function soakTargets(result: SoakResult): readonly TargetLine[] {
  const measured = watchedIn(result).filter(({ course }) => course !== 'flat').length;
  const verdict = soakVerdict(result);
  const verdicts = { first: verdict, beyond: verdict };
  return [{ what: 'soak with faults', figure: 'not flat', is: 'at most', first: 0, beyond: 0, measured, verdicts }];
}

export const soakWords = (result: SoakResult): string =>
  `${Math.round(result.durationMs / 60_000)} minutes, ${result.samples.length} samples after collections, and ` +
  `${result.answers.toLocaleString('en-US')} answers (${statusesIn(result)}) while, in turns: ${result.faults.join('; ')}. ` +
  `Verdict: ${soakVerdict(result)}.`;

const statusesIn = ({ statuses }: SoakResult): string =>
  Object.entries(statuses)
    .map(([status, count]) => `${status}: ${count.toLocaleString('en-US')}`)
    .join(', ');
