import type { ErrorKind } from '../../states/recent-errors.js';
import type { OperationsSnapshot } from '../../snapshot/operations-snapshot.js';
import { count, duration, NOTHING, percent, rate } from '../figures.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { section, table, time } from './section.js';

/** What a row of the table may be long for; the others are on `/metrics`. */
const ROUTES_MAX = 20;

const number = (title: string) => ({ title, kind: 'number' as const });

export const routes = ({ routes: all }: OperationsSnapshot): Html =>
  section(
    'routes',
    'Routes',
    table({
      id: 'routes',
      caption: 'Requests of the last minute, those with server errors first',
      columns: [{ title: 'Route' }, ...['Requests', 'Server errors', 'p50', 'p95', 'p99'].map(number)],
      rows: all
        .slice(0, ROUTES_MAX)
        .map((route) => [
          route.name,
          rate(route.perSecond),
          percent(route.failureRatio),
          ...[route.p50Seconds, route.p95Seconds, route.p99Seconds].map(duration),
        ]),
      empty: 'Nothing was asked.',
    }),
  );

export const errors = ({ errors: kinds, atMs }: OperationsSnapshot): Html =>
  section(
    'errors',
    'Recent errors',
    table({
      id: 'errors',
      caption:
        'By kind, with the last request of each; look its ids up in the logs and traces. 429: limited; 499: the client left',
      columns: [
        { title: 'Last (UTC)' },
        { title: 'Status' },
        { title: 'Code' },
        { title: 'Route' },
        number('Count'),
        { title: 'First' },
        number('Took'),
        { title: 'Request id', kind: 'id' },
        { title: 'Trace id', kind: 'id' },
      ],
      rows: kinds.map((kind) => errorRow(kind, atMs)),
      empty: 'There were none since the start.',
    }),
  );

const errorRow = (kind: ErrorKind, atMs: number): readonly HtmlValue[] => [
  time(kind.lastAtMs, atMs),
  kind.status,
  kind.code ?? NOTHING,
  `${kind.method} ${kind.route}`,
  count(kind.count),
  time(kind.firstAtMs, atMs),
  duration(kind.lastDurationMs / 1_000),
  html`<code>${kind.requestId}</code>`,
  html`<code>${kind.traceId}</code>`,
];
