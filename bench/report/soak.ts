import type { SoakResult } from '../soak/soak.ts';
import type { SoakSample } from '../soak/sample.ts';
import { mean } from '../statistics/quantile.ts';
import { type Course, courseOf, trendOf } from '../statistics/trend.ts';
import type { Verdict } from '../statistics/verdict.ts';
import { type Row, told } from './table.ts';

/** Caches fill and code is compiled in the beginning: that is no leak, and not looked at. */
const WARM_UP_SHARE = 0.25;
/** So long it takes at least: a soak of a minute has no verdict. */
const WARM_UP_MS = 180_000;
/** Over the whole soak. Of memory, and of timers: what moves by the moment at which it is looked at. */
const HARMLESS_SHARE = 0.03;
/** Of things that are counted: less than one. */
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
] as const satisfies readonly (readonly [string, keyof SoakSample, 'share' | 'count'])[];

export const SOAK_HEAD: Row = ['', 'mean', 'drift in the soak', '± noise', 'an hour', 'harmless', ''];

interface Watched {
  readonly what: string;
  readonly mean: number;
  /** From the beginning to the end of the soak. */
  readonly drift: number;
  readonly error: number;
  readonly perHour: number;
  readonly harmless: number;
  readonly course: Course;
}

export function watchedIn({ samples, durationMs }: SoakResult): readonly Watched[] {
  const settled = samples.filter(({ atMs }) => atMs >= Math.max(durationMs * WARM_UP_SHARE, WARM_UP_MS));
  return WATCHED.map(([what, name, kind]) => {
    const average = mean(settled.map((sample) => sample[name]));
    const trend = trendOf(settled.map((sample) => [sample.atMs / durationMs, sample[name]] as const));
    const harmless = kind === 'share' ? average * HARMLESS_SHARE : HARMLESS_COUNT;
    const perHour = trend.slope * (MS_PER_HOUR / durationMs);
    const course = courseOf(trend, harmless);
    return { what, mean: average, drift: trend.slope, error: trend.error, perHour, harmless, course };
  });
}

export const soakRows = (result: SoakResult): readonly Row[] =>
  watchedIn(result).map(({ what, mean: average, drift, error, perHour, harmless, course }) => {
    return [what, told(average), told(drift), told(error), told(perHour), told(harmless), course];
  });

export function soakVerdict(result: SoakResult): Verdict {
  const courses = watchedIn(result).map(({ course }) => course);
  if (courses.includes('grows')) return 'missed';
  return courses.every((course) => course === 'flat') ? 'met' : 'inconclusive';
}

export const soakWords = (result: SoakResult): string =>
  `${Math.round(result.durationMs / 60_000)} minutes, ${result.samples.length} samples after collections, and ` +
  `${result.answers.toLocaleString('en-US')} answers (${statusesIn(result)}) while, in turns: ${result.faults.join('; ')}. ` +
  `Verdict: ${soakVerdict(result)}.`;

const statusesIn = ({ statuses }: SoakResult): string =>
  Object.entries(statuses)
    .map(([status, count]) => `${status}: ${count.toLocaleString('en-US')}`)
    .join(', ');
