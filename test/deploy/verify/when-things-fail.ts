import { ABANDONED_CALL } from '../../../tools/verify/trials/faults/abandoned-call.ts';
import { BREAKER } from '../../../tools/verify/trials/faults/breaker.ts';
import { BULKHEAD } from '../../../tools/verify/trials/faults/bulkhead.ts';
import { CRASH } from '../../../tools/verify/trials/faults/crash.ts';
import { LADDER } from '../../../tools/verify/trials/faults/ladder.ts';
import { OVERLOAD } from '../../../tools/verify/trials/faults/overload.ts';
import { REDIS_GONE } from '../../../tools/verify/trials/faults/redis-gone.ts';
import { RETRY_BUDGET } from '../../../tools/verify/trials/faults/retry-budget.ts';
import { DRAIN } from '../../../tools/verify/trials/lifecycle/drain.ts';
import { SHUTDOWN_BOUND } from '../../../tools/verify/trials/lifecycle/shutdown-bound.ts';
import { sabotage } from './sabotage.js';

const BACKOFF = 'libs/platform/resilience/retry/backoff.ts';
const PROCESS_EVENTS = 'libs/platform/lifecycle/process-events.ts';
const SHEDDER = 'libs/platform/http/shedding/load-shedder.ts';
const SHUTDOWN = 'libs/platform/lifecycle/shutdown.ts';

/** What becomes of a service, and of what it depends on, when one of them is slow, broken, or told to end. */
export const WHEN_THINGS_FAIL = [
  sabotage(DRAIN, 'closes its door in the moment in which it is told to end', SHUTDOWN, [
    'await delay(drainDelayMs, undefined, { signal: this.pause.signal }).catch(() => undefined);',
    'void delay;',
  ]),
  sabotage(SHUTDOWN_BOUND, 'waits for ever for what is in flight', SHUTDOWN, [
    'clearTimeout(this.bound);\n    this.bound =',
    'clearTimeout(this.bound);\n    if (endsAtMs > 0) return;\n    this.bound =',
  ]),
  sabotage(
    ABANDONED_CALL,
    'leaves a call running when its request is over',
    'libs/platform/http-client/json-client.ts',
    ["method: 'GET', path, headers, signal })", "method: 'GET', path, headers })"],
  ),
  sabotage(
    BULKHEAD,
    'asks a slow dependency as often as it is asked itself',
    'libs/platform/resilience/dependency.ts',
    ['await this.bulkhead.enter(ending);', 'void ending;'],
  ),
  sabotage(
    BREAKER,
    'has a breaker that stays open',
    'libs/modules/catalog/adapters/http-recommender/recommender.policy.ts',
    ['openMs: 10_000', 'openMs: 3_600_000'],
  ),
  sabotage(REDIS_GONE, 'never asks a Redis again that was away', 'libs/platform/redis/redis.policy.ts', [
    'openMs: 2_000',
    'openMs: 3_600_000',
  ]),
  sabotage(CRASH, 'falls at an exception that nobody has caught, without order', PROCESS_EVENTS, [
    "process.on('uncaughtException', crash('uncaughtException'));",
    '',
  ]),
  sabotage(CRASH, 'counts no crash', PROCESS_EVENTS, ['unhandledErrors.inc({ reason });', '']),
  sabotage(OVERLOAD, 'takes everything while its event loop stands still', SHEDDER, [
    "if (working >= limit * this.admittedShare) return 'event-loop-delay';",
    '',
  ]),
  sabotage(OVERLOAD, 'takes everything until its heap is full', SHEDDER, [
    "return this.heapIsFull ? 'heap' : null;",
    'void this.heapIsFull;\n    return null;',
  ]),
  sabotage(RETRY_BUDGET, 'tries again at once, whatever Retry-After says', BACKOFF, [
    'return retryAfterMs + random() * ceilingMs;',
    'return random() * ceilingMs;',
  ]),
  sabotage(RETRY_BUDGET, 'lets all try again in the same moment', BACKOFF, [
    'return retryAfterMs + random() * ceilingMs;',
    'void random;\n  return retryAfterMs + ceilingMs;',
  ]),
  sabotage(
    LADDER,
    'counts every page as one that is live',
    'libs/modules/catalog/adapters/observability/degraded-recommendations.ts',
    ['this.answers.inc({ source });', "this.answers.inc({ source: 'live' });"],
  ),
];
