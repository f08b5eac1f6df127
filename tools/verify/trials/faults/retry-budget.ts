import { errorRatio, status } from '../../../stub-recommender/behaviours.ts';
import type { SeenRequest } from '../../../stub-recommender/stub-recommender.ts';
import { EARLY_MS, SLACK_MS } from '../../stage/slack.ts';
import { atLeast, between, fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { pageOf, productsOnSale } from './recommendation-pages.ts';

const CALLS = 300;
const AT_ONCE = 6;
/** Below what opens the breaker, and enough for thrice the budget. */
const FAILING = 0.3;
const ATTEMPTS_PER_CALL_MAX = 1.1;

/** The pause is drawn from 0 to 25 ms (recommender.policy.ts): of some 30, one is surely below half of it, and one above. */
const HALF_MS = 12.5;
/** Well again for so many, the budget has room for one more retry. */
const PAYING = 12;
const ASKED_MS = 1_000;

/** Sabotages that this is for: a retry for each failure, one without a pause or with always the same, one that can't wait. */
export const RETRY_BUDGET: Trial = {
  promise: 'B4',
  says: 'Retries have a budget: a tenth more attempts than calls, and no more; their pauses differ, and Retry-After counts',
  how: "300 pages while 30% of the recommender's answers are 500; requests that reach it; one more, 503 with Retry-After: 1",

  run: async (stage) => {
    const { recommender, database } = stage;
    const patient = { RECOMMENDER_TIMEOUT_MS: '10000', RECOMMENDER_ATTEMPT_TIMEOUT_MS: '10000' };
    const replica = await (await stage.extra(patient)).ready();
    const ids = await productsOnSale(database, 100);
    await recommender.answers(errorRatio(FAILING));
    const before = recommender.requestCount;
    const waiting = Array.from({ length: CALLS }, (_, n) => ids[n % ids.length] ?? '');
    let answered = 0;
    const client = async (): Promise<void> => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        if ((await pageOf(replica, id)).status === 200) answered += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    const attempts = recommender.requestCount - before;
    const pauses = pausesIn(recommender.requests.slice(-attempts));
    await stage.heal();
    for (let n = 0; n < PAYING; n += 1) await pageOf(replica, ids[n] ?? '');
    await recommender.answers(status(503, { 'retry-after': String(ASKED_MS / 1_000) }));
    const askedFromMs = performance.now();
    await pageOf(replica, ids[0] ?? '');
    const asked = pausesIn(recommender.requestsSince(askedFromMs));
    const max = Math.ceil(ATTEMPTS_PER_CALL_MAX * CALLS) + 1;
    return together([
      fact('pages', answered, CALLS),
      atLeast('attempts', attempts, CALLS + 1),
      within('shortest pause', Math.min(...pauses), HALF_MS),
      {
        measured: `longest ${Math.round(Math.max(...pauses))} ms`,
        bound: `≥ ${HALF_MS} ms`,
        holds: Math.max(...pauses) >= HALF_MS,
      },
      between('pause of Retry-After', asked[0] ?? NaN, ASKED_MS - EARLY_MS, ASKED_MS + SLACK_MS),
      { measured: `${attempts} of ${CALLS} calls`, bound: `≤ ${max}`, holds: attempts <= max },
    ]);
  },
};

/** Between two attempts of one call, as the recommender saw them come. */
function pausesIn(requests: readonly SeenRequest[]): readonly number[] {
  const byCall = Map.groupBy(requests, ({ headers }) => String(headers['x-request-id']));
  return [...byCall.values()].flatMap(([first, second]) => (first && second ? [second.atMs - first.atMs] : []));
}
