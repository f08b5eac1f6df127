import { pollUntil } from '../../../process/wait.ts';
import { blackHole } from '../../../stub-recommender/behaviours.ts';
import type { StubRecommender } from '../../../stub-recommender/stub-recommender.ts';
import { SLACK_MS } from '../../stage/slack.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { productsOnSale } from './recommendation-pages.ts';

const CALLERS_MS = 600;
/** The time-outs of the call would end it as well, much later than is looked for. */
const PATIENT = { RECOMMENDER_TIMEOUT_MS: '10000', RECOMMENDER_ATTEMPT_TIMEOUT_MS: '10000' };
const WATCHED_MS = 4_000;

/** Sabotage that this is for: a client of HTTP that is not told of the end. */
export const ABANDONED_CALL: Trial = {
  promise: 'B3',
  says: 'Whom a request has asked is hung up on when its time is over, and when its client has gone',
  how: 'two pages while the recommender is a black hole, with 10 s for it: one with 600 ms left, one whose client goes away',

  run: async (stage) => {
    const { recommender, database } = stage;
    const replica = await (await stage.extra({ ...PATIENT, TRUST_PROXY: '127.0.0.1' })).ready();
    const [id = ''] = await productsOnSale(database, 1);
    const page = `/v1/products/${id}?include=recommendations`;
    await recommender.answers(blackHole);
    const [askedBefore, hungUpBefore] = [recommender.requestCount, recommender.abandoned];
    const answer = await replica.ask(page, { headers: { 'x-request-timeout-ms': String(CALLERS_MS) } });
    const overMs = await untilHungUp(recommender, hungUpBefore + 1);
    const client = new AbortController();
    const left = Promise.allSettled([replica.ask(page, { signal: client.signal })]);
    const look = async (): Promise<true | null> => recommender.requestCount >= askedBefore + 2 || null;
    const asked = await pollUntil(look, { timeoutMs: WATCHED_MS });
    client.abort();
    await left;
    const goneMs = await untilHungUp(recommender, hungUpBefore + 2);
    return together([
      within('answered', answer.tookMs, CALLERS_MS + SLACK_MS),
      fact('both asked it', asked, true),
      within('hung up at the end of its time, after', overMs, SLACK_MS),
      within('at the end of its client, after', goneMs, SLACK_MS),
    ]);
  },
};

async function untilHungUp(recommender: StubRecommender, count: number): Promise<number> {
  const sinceMs = performance.now();
  const look = async (): Promise<number | null> =>
    recommender.abandoned >= count ? performance.now() - sinceMs : null;
  return (await pollUntil(look, { timeoutMs: WATCHED_MS })) ?? Infinity;
}
