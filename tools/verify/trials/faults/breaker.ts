import { pollUntil } from '../../../process/wait.ts';
import { blackHole } from '../../../stub-recommender/behaviours.ts';
import { field } from '../../stage/ask.ts';
import type { Replica } from '../../stage/replica.ts';
import { SLACK_MS } from '../../stage/slack.ts';
import { sumOf } from '../../stage/sum.ts';
import { atMost, fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { pageOf, PAGE_PROMISED_MS, productsOnSale, sourceOf } from './recommendation-pages.ts';

/** More attempts than the breaker needs to learn of. */
const CALLS = 40;
const AT_ONCE = 10;
/** What a half-open breaker lets through. */
const PROBES = 3;
const OPEN = 2;
const CLOSED = 0;
/** How long it stays open (recommender.policy.ts), and what chance adds to it. */
const OPEN_MS = 10_000;
const OPEN_JITTER = 0.2;

const stateOf = async (replica: Replica): Promise<number> =>
  sumOf(await replica.metrics(), 'dependency_breaker_state', { dependency: 'recommender' });

/** Sabotages that this is for: a dependency that is called around its breaker, and a breaker that never closes. */
export const BREAKER: Trial = {
  promise: 'B5',
  says: 'A dead dependency is left alone: its breaker opens, is seen in metrics, health and log, and closes when it is well',
  how: '40 pages while the recommender is a black hole, then 40 more; what reaches it, dependency_breaker_state, /health; then it is well',
  timeoutMs: 60_000,

  run: async (stage) => {
    const { recommender, database } = stage;
    const replica = await (await stage.extra()).ready();
    const ids = await productsOnSale(database, CALLS);
    await recommender.answers(blackHole);
    const ask = async (): Promise<number[]> => {
      const tookMs: number[] = [];
      for (let from = 0; from < CALLS; from += AT_ONCE) {
        const pages = await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => pageOf(replica, id)));
        tookMs.push(...pages.map((page) => (page.status === 200 ? page.tookMs : Infinity)));
      }
      return tookMs;
    };
    const first = await ask();
    const openFromMs = performance.now();
    const second = await ask();
    const state = await stateOf(replica);
    const details = field((await replica.manage('/health')).json, 'details');
    const told = field(field(field(details, 'dependencies'), 'recommender'), 'state');
    const line = await replica.logged(({ msg, to }) => msg === 'dependency state changed' && to === 'open');
    await stage.heal();
    const live = async (): Promise<true | null> =>
      sourceOf(await pageOf(replica, ids[0] ?? '')) === 'live' && (await stateOf(replica)) === CLOSED ? true : null;
    const mendedAtMs = performance.now();
    const well = await pollUntil(live, { timeoutMs: 2 * OPEN_MS });
    const againMs = well ? performance.now() - mendedAtMs : Infinity;
    return together([
      fact('state', state, OPEN),
      fact('health', told, 'open'),
      fact('log', line['dependency'], 'recommender'),
      atMost('reached it when open', recommender.requestsSince(openFromMs).length, PROBES),
      within('longest page', Math.max(...first, ...second), PAGE_PROMISED_MS + SLACK_MS),
      within('closed, and live again, after', againMs, OPEN_MS * (1 + OPEN_JITTER) + SLACK_MS),
      fact('the same process', !replica.isOver, true),
    ]);
  },
};
