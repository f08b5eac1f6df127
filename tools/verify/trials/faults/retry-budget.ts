import { errorRatio } from '../../../stub-recommender/behaviours.ts';
import { atLeast, fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { pageOf, productsOnSale } from './recommendation-pages.ts';

const CALLS = 300;
const AT_ONCE = 6;
/** Below what opens the breaker, and enough for thrice the budget. */
const FAILING = 0.3;
const ATTEMPTS_PER_CALL_MAX = 1.1;

/** Sabotage that this is for: a retry for each failure. */
export const RETRY_BUDGET: Trial = {
  promise: 'B4',
  says: 'Retries have a budget: a tenth more attempts than calls, and no more',
  how: "300 pages while 30% of the recommender's answers are 500; requests that reach it",

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
    const max = Math.ceil(ATTEMPTS_PER_CALL_MAX * CALLS) + 1;
    return together([
      fact('pages', answered, CALLS),
      atLeast('attempts', attempts, CALLS + 1),
      { measured: `${attempts} of ${CALLS} calls`, bound: `≤ ${max}`, holds: attempts <= max },
    ]);
  },
};
