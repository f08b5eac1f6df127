import type { OperationsSnapshot } from '../../snapshot/operations-snapshot.js';
import { count, percent, rate } from '../figures.js';
import type { Html } from '../html.js';
import { section, table } from './section.js';

const number = (title: string) => ({ title, kind: 'number' as const });

const RESULTS = ['hit', 'stale', 'miss', 'held', 'bypass'] as const;

export const caches = ({ caches: all }: OperationsSnapshot): Html | null =>
  all.length === 0
    ? null
    : section(
        'caches',
        'Caches',
        table({
          id: 'caches',
          caption: 'Reads of the last minute by result. Held: a change was under way; bypass: the cache was away',
          columns: [{ title: 'Cache' }, ...['Reads', 'Hit ratio', ...RESULTS].map(number)],
          rows: all.map(({ name, perSecond, hitRatio, perSecondByResult }) => [
            name,
            rate(perSecond),
            percent(hitRatio),
            ...RESULTS.map((result) => rate(perSecondByResult[result] ?? 0)),
          ]),
          empty: 'There are none.',
        }),
      );

export const pools = ({ pools: all }: OperationsSnapshot): Html | null =>
  all.length === 0
    ? null
    : section(
        'pools',
        'Connection pools',
        table({
          id: 'pools',
          caption: 'Connections now, and callers that wait for one',
          columns: [{ title: 'Pool' }, ...['Used', 'Idle', 'Waiting', 'At most'].map(number)],
          rows: all.map(({ name, used, idle, waiting, max }) => [name, ...[used, idle, waiting, max].map(count)]),
          empty: 'There are none.',
        }),
      );

export const events = ({ events: all, outbox }: OperationsSnapshot): Html | null =>
  outbox === null && all.length === 0
    ? null
    : section(
        'events',
        'Events',
        table({
          id: 'events',
          caption: 'What this replica has sent and consumed',
          columns: [
            { title: 'Event' },
            { title: 'Was' },
            { title: 'Outcome' },
            number('Last minute'),
            number('Since the start'),
          ],
          rows: all.map(({ name, direction, outcome, perMinute, total }) => [
            name,
            direction,
            outcome,
            `${count(perMinute)}/min`,
            count(total),
          ]),
          empty: 'None since the start.',
        }),
      );
