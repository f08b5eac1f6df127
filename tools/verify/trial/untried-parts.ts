import type { Untried } from './untried.ts';

type Part = Required<Untried>;

/** Parts of promises of which another part is tried here: each with the command that shows it. */
export const UNTRIED_PARTS: readonly Part[] = [
  {
    promise: 'B9',
    part: 'Redis or the broker absent at the start',
    why: 'Each needs a start of its own, with servers that come later.',
    shownBy: 'npm test -- redis/boot-and-end orders/absent-broker --selectProjects faults',
  },
  {
    promise: 'C1',
    part: 'behind a balancer',
    why: 'Here each replica is asked by its own address; there HAProxy chooses among three.',
    shownBy: 'npm test -- test/system --selectProjects replicas',
  },
  {
    promise: 'C2',
    part: 'how stale a reader may be when its replica hears of no change',
    why: 'It is waited for as long as an entry lives.',
    shownBy: 'npm test -- redis/stale-bound --selectProjects faults',
  },
  {
    promise: 'C5',
    part: 'order of the events of one subject, with two relays',
    why: 'It takes thousands of events and a kill.',
    shownBy: 'npm test -- orders/two-relays --selectProjects faults',
  },
  {
    promise: 'C6',
    part: 'events that are parked, and taken by a replay after a fix',
    why: 'It needs a handler that fails, and its next version.',
    shownBy: 'npm test -- orders/poison-events --selectProjects faults',
  },
  {
    promise: 'D3',
    part: 'spans of SQL, Redis and the broker, and both services in one trace',
    why: 'It needs both services and a collector that reads what it gets.',
    shownBy: 'npm test -- recommender/one-trace --selectProjects system',
  },
  {
    promise: 'F3',
    part: 'origins that are listed',
    why: 'It needs settings of their own for each list.',
    shownBy: 'npm test -- security/browser-policy --selectProjects system',
  },
  {
    promise: 'F4',
    part: 'trusted proxies, and forged addresses',
    why: 'It needs settings of their own for each list.',
    shownBy: 'npm test -- security/rate-limits --selectProjects system',
  },
  {
    promise: 'F4',
    part: 'limits while Redis is away',
    why: 'It needs a Redis that is stopped under load.',
    shownBy: 'npm test -- security/shared-rate-limits --selectProjects system',
  },
];
