import { spellOf } from '../history/trends.js';
import type { Moment } from '../history/moment.js';
import type { Concern, OperationsSnapshot } from './operations-snapshot.js';

type Looked = Pick<OperationsSnapshot, 'health' | 'dependencies' | 'outbox'>;

/**
 * What somebody may have to see to. The words hold no number that changes from look to look: a screen reader is told of
 * them when they change.
 */
export function concernsOf(looked: Looked, moments: readonly Moment[]): readonly Concern[] {
  return [
    ...ofHealth(looked),
    ...ofDependencies(looked),
    ...ofTraffic(moments),
    ...ofPool(moments),
    ...ofOutbox(looked),
  ];
}

const ofHealth = ({ health }: Looked): readonly Concern[] =>
  health
    // Of the breakers each has a line of its own.
    .filter(({ status, name }) => status !== 'up' && name !== 'dependencies')
    .map(({ name, status, seenSinceMs, facts }) => ({
      what: `${name} is ${status}${facts['reason'] === undefined ? '' : `: ${String(facts['reason'])}`}`,
      sinceMs: seenSinceMs,
      orEarlier: false,
    }));

const ofDependencies = ({ dependencies }: Looked): readonly Concern[] =>
  dependencies.flatMap(({ name, breaker, isFailing, failingSinceMs, failingOrEarlier }) => {
    if (breaker && breaker.state !== 'closed') {
      return [{ what: `the circuit of ${name} is ${breaker.state}`, sinceMs: breaker.changedAtMs, orEarlier: false }];
    }
    const what = `calls of ${name} fail`;
    return isFailing ? [{ what, sinceMs: failingSinceMs, orEarlier: failingOrEarlier }] : [];
  });

const WATCHED: readonly (readonly [string, (moment: Moment) => number])[] = [
  ['answers are degraded', ({ degraded }) => degraded],
  ['requests fail with a status of 5xx', ({ requests }) => requests.failures],
  ['requests are shed', ({ shed }) => shed],
];

const ofTraffic = (moments: readonly Moment[]): readonly Concern[] =>
  WATCHED.flatMap(([what, of]) => {
    const spell = spellOf(moments, of);
    return spell?.isGoingOn ? [{ what, sinceMs: spell.sinceMs, orEarlier: spell.orEarlier }] : [];
  });

const unknownSince = (what: string): Concern => ({ what, sinceMs: null, orEarlier: false });

/** One that waits for a moment is no news. */
function ofPool(moments: readonly Moment[]): readonly Concern[] {
  const lately = moments.slice(-2);
  const isFull = lately.length === 2 && lately.every(({ poolWaiting }) => (poolWaiting ?? 0) > 0);
  return isFull ? [unknownSince('callers wait for a connection to the database')] : [];
}

const ofOutbox = ({ outbox }: Looked): readonly Concern[] =>
  outbox && outbox.dead > 0 ? [unknownSince('events were given up, and wait for somebody')] : [];
