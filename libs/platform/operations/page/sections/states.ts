import type { ContributorState, DependencyState, OperationsSnapshot } from '../../snapshot/operations-snapshot.js';
import { count, duration, NOTHING, percent, rate } from '../figures.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { badge, section, since, table, time, type Tone } from './section.js';

const STATUS_TONES: Readonly<Record<string, Tone>> = { up: 'good', degraded: 'warn', down: 'bad' };
const BREAKER_TONES: Readonly<Record<string, Tone>> = {
  closed: 'good',
  'half-open': 'warn',
  open: 'bad',
  isolated: 'bad',
};

/** Each thing that health depends on, as `/health` has it. */
export const health = ({ health: contributors, atMs }: OperationsSnapshot): Html =>
  section(
    'health',
    'Health',
    table({
      id: 'health',
      caption: 'What the service depends on, asked just now',
      columns: [{ title: 'Part' }, { title: 'State' }, { title: 'Seen so since' }, { title: 'Facts' }],
      rows: contributors.map(({ name, status, seenSinceMs, facts }) => [
        name,
        badge(status, STATUS_TONES[status] ?? 'neutral'),
        time(seenSinceMs, atMs),
        factsOf(facts),
      ]),
      empty: 'The service depends on nothing.',
    }),
  );

const factsOf = (facts: ContributorState['facts']): HtmlValue =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ') || NOTHING;

/** Rate, failures and duration of calls, and the circuits. */
export const dependencies = ({ dependencies: all, atMs }: OperationsSnapshot): Html | null =>
  all.length === 0
    ? null
    : section(
        'dependencies',
        'Dependencies and circuits',
        table({
          id: 'dependencies',
          caption: 'Calls of the last minute; durations with the wait for a connection',
          columns: [
            { title: 'Dependency' },
            { title: 'Circuit' },
            { title: 'Since' },
            ...['Calls', 'Failed', 'p50', 'p95', 'p99', 'Running', 'Queued'].map((title) => ({
              title,
              kind: 'number' as const,
            })),
            { title: 'Last failure' },
          ],
          rows: all.map((state) => dependencyRow(state, atMs)),
          empty: 'There are none.',
        }),
      );

function dependencyRow({ breaker, ...state }: DependencyState, atMs: number): readonly HtmlValue[] {
  return [
    state.name,
    breaker ? badge(breaker.state, BREAKER_TONES[breaker.state] ?? 'neutral') : 'none',
    breaker && breaker.changedAtMs === null ? 'the start' : time(breaker?.changedAtMs ?? null, atMs),
    rate(state.perSecond),
    percent(state.failureRatio),
    ...[state.p50Seconds, state.p95Seconds, state.p99Seconds].map(duration),
    state.running === null ? NOTHING : count(state.running),
    state.queued === null ? NOTHING : count(state.queued),
    state.isFailing
      ? html`${badge('failing', 'bad')} ${since(state.failingSinceMs, state.failingOrEarlier, atMs)}`
      : time(state.lastFailureAtMs, atMs),
  ];
}

/** Answers that were less than they should be. */
export const degradation = ({ degraded }: OperationsSnapshot): Html | null =>
  degraded.length === 0
    ? null
    : section(
        'degradation',
        'Degraded answers',
        table({
          id: 'degradation',
          caption: 'Answers from something else than their source',
          columns: [
            { title: 'Feature' },
            { title: 'Taken from' },
            { title: 'Last minute', kind: 'number' },
            { title: 'Since the start', kind: 'number' },
          ],
          // Each source has a series from the start, at 0.
          rows: degraded
            .filter(({ total }) => total > 0)
            .map(({ name, source, perSecond, total }) => [name, source, rate(perSecond), count(total)]),
          empty: 'There were none.',
        }),
      );
