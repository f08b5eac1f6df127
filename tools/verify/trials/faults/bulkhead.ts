import { pollUntil } from '../../../process/wait.ts';
import { ok } from '../../../stub-recommender/behaviours.ts';
import type { Behaviour } from '../../../stub-recommender/exchange.ts';
import { atMost, fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { pageOf, productsOnSale } from './recommendation-pages.ts';

/** Calls of the recommender at one time, and as many that wait (recommender.policy.ts). */
const AT_ONCE_MAX = 32;
const WAITING_MAX = 32;
const PAGES = 90;
/** Half of what the recommender is given: 90 first pages of a process take a busy machine a second or two. */
const AT_ONCE_MS = 5_000;
const PATIENT = {
  RECOMMENDER_TIMEOUT_MS: '10000',
  RECOMMENDER_ATTEMPT_TIMEOUT_MS: '10000',
  REQUEST_TIMEOUT_MS: '11000',
};

/** Sabotage that this is for: a slow dependency that takes every request with it. */
export const BULKHEAD: Trial = {
  promise: 'B5',
  says: 'A slow dependency is asked so much at a time, so much waits, and the rest does without it at once',
  how: '90 pages at once while the recommender holds its answers back: how many reach it, and how many do not wait',

  run: async (stage) => {
    const { recommender, database } = stage;
    const replica = await (await stage.extra(PATIENT)).ready();
    const ids = await productsOnSale(database, PAGES);
    const held = Promise.withResolvers<void>();
    stage.later(async () => held.resolve());
    const seen = { now: 0, most: 0 };
    const holding: Behaviour = async (exchange) => {
      seen.most = Math.max(seen.most, (seen.now += 1));
      exchange.gone.addEventListener('abort', () => (seen.now -= 1), { once: true });
      await held.promise;
      if (!exchange.gone.aborted) await ok()(exchange);
    };
    await recommender.answers(holding);
    let done = 0;
    const startedAtMs = performance.now();
    const asked = Array.from({ length: PAGES }, async (_, n) => {
      const page = await pageOf(replica, ids[n % ids.length] ?? '');
      done += 1;
      return page;
    });
    const spared = PAGES - AT_ONCE_MAX - WAITING_MAX;
    await pollUntil(async () => done >= spared || null, { timeoutMs: AT_ONCE_MS });
    const [withoutIt, withoutItMs] = [done, performance.now() - startedAtMs];
    held.resolve();
    const pages = await Promise.all(asked);
    return together([
      fact('pages', pages.filter(({ status }) => status === 200).length, PAGES),
      atMost('reached it at one time', seen.most, AT_ONCE_MAX),
      fact('did without it', withoutIt, spared),
      within('after', withoutItMs, AT_ONCE_MS),
    ]);
  },
};
