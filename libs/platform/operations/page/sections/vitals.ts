import type { Points } from '../../history/trends.js';
import type { OperationsSnapshot } from '../../snapshot/operations-snapshot.js';
import { bytes, count, duration, percent, rate } from '../figures.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { plot, type Line } from '../plot.js';
import { section } from './section.js';

interface Vital {
  readonly id: string;
  readonly title: string;
  /** What is read first. */
  readonly value: string;
  readonly note: HtmlValue;
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  readonly topMin: number;
}

/** How fast, how full: each number of the last minute with its last quarter of an hour. */
export const vitals = (snapshot: OperationsSnapshot): Html =>
  section(
    'vitals',
    'How fast, how full',
    html`<p class="quiet">
      Numbers are of the last minute, plots of the last 15, on this replica alone. Durations are estimated from buckets.
    </p>`,
    html`<div class="cards" id="vital-cards" data-live>${vitalsOf(snapshot).map(card)}</div>`,
  );

function card({ id, title, value, note, ...drawn }: Vital): Html {
  const isThere = drawn.lines.some(({ points }) => points.some((point) => point !== null));
  return html`<article class="card" aria-labelledby="${id}">
    <h3 id="${id}">${title}</h3>
    <p class="value">${value}</p>
    <p class="note">${note}</p>
    ${isThere ? plot({ id, title, ...drawn }) : html`<p class="note">Nothing measured yet.</p>`}
  </article>`;
}

const one = (name: string, points: Points): readonly Line[] => [{ name, points }];

function vitalsOf(snapshot: OperationsSnapshot): readonly Vital[] {
  return [...trafficVitals(snapshot), ...processVitals(snapshot), ...storeVitals(snapshot)];
}

function trafficVitals({ traffic, trends, uniqueClients }: OperationsSnapshot): readonly Vital[] {
  const clients =
    uniqueClients && `clients: ${count(uniqueClients.minute)} in a minute, ${count(uniqueClients.day)} in a day`;
  const percentiles = [traffic.p50Seconds, traffic.p95Seconds, traffic.p99Seconds];
  const legend = percentiles.map(
    (seconds, index) =>
      html`<span class="key key-${index + 1}">${['p50', 'p95', 'p99'][index]} ${duration(seconds)}</span> `,
  );
  return [
    {
      ...{ id: 'requests', title: 'Requests', value: rate(traffic.perSecond), format: rate, topMin: 1 },
      note: clients,
      lines: one('requests', trends.requestsPerSecond),
    },
    {
      ...{ id: 'server-errors', title: 'Server errors (5xx)', value: percent(traffic.failureRatio), topMin: 1 },
      note: `${rate(traffic.failuresPerSecond)}; shed ${rate(traffic.shedPerSecond)}`,
      lines: one('server errors', trends.serverErrorsPerSecond),
      format: rate,
    },
    {
      ...{ id: 'latency', title: 'Latency', format: duration, topMin: 0.01 },
      value: duration(traffic.p95Seconds),
      note: html`95th percentile; ${legend}`,
      lines: [
        { name: 'p50', points: trends.p50Seconds },
        { name: 'p95', points: trends.p95Seconds },
        { name: 'p99', points: trends.p99Seconds },
      ],
    },
    {
      ...{ id: 'in-flight', title: 'In flight', value: count(traffic.inFlight), format: count, topMin: 5 },
      note: 'not answered yet',
      lines: one('in flight', trends.inFlight),
    },
  ];
}

function processVitals({ process, trends }: OperationsSnapshot): readonly Vital[] {
  const { heapUsedBytes: used, heapLimitBytes: limit, rssBytes } = process;
  return [
    {
      ...{
        id: 'event-loop',
        title: 'Event loop',
        value: percent(process.eventLoopRatio),
        format: percent,
        topMin: 0.25,
      },
      note: `busy; CPU ${percent(process.cpuRatio)} of one core`,
      lines: one('busy', trends.eventLoopRatio),
    },
    {
      ...{ id: 'heap', title: 'Heap', value: percent(used / limit), format: percent, topMin: 0.1 },
      note: `${bytes(used)} of ${bytes(limit)}; resident ${bytes(rssBytes)}`,
      lines: one('heap', trends.heapRatio),
    },
  ];
}

/** Where there is a database, and an outbox in it. */
function storeVitals({ pools, outbox, trends }: OperationsSnapshot): readonly Vital[] {
  const pool = pools.find(({ name }) => name === 'database');
  const found: Vital[] = [];
  if (pool) {
    found.push({
      ...{ id: 'pool', title: 'Database connections', value: `${count(pool.used)} of ${count(pool.max)}` },
      note: `${count(pool.idle)} idle; ${count(pool.waiting)} callers wait`,
      lines: one('used', trends.poolUsed),
      format: count,
      topMin: pool.max,
    });
  }
  if (outbox) {
    found.push({
      ...{ id: 'outbox-pending', title: 'Outbox', value: count(outbox.pending), format: count, topMin: 10 },
      note: `events wait, the oldest ${duration(outbox.oldestAgeSeconds)}; ${count(outbox.dead)} given up`,
      lines: one('waiting', trends.outboxPending),
    });
  }
  return found;
}
