import { blackHole, html, status } from '../../../stub-recommender/behaviours.ts';
import type { Replica } from '../../stage/replica.ts';
import { SLACK_MS } from '../../stage/slack.ts';
import { sumOf } from '../../stage/sum.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { pageOf, PAGE_PROMISED_MS, productsOnSale, sourceOf } from './recommendation-pages.ts';

const SOURCES = ['live', 'stale', 'popular', 'none'];
/** One of them is not disturbed by the machine, and they are too few for the breaker, which would spare them the wait. */
const SILENT_PAGES = 4;

/** What a page said of its recommendations, and what /metrics said of the page. */
interface Step {
  readonly status: number;
  readonly tookMs: number;
  /** `stale, degraded, counted as stale`. */
  readonly told: string;
}

/**
 * Sabotages that this is for: stale answers that are dropped, a rung that is left out, a fault that is a 500, a rung that is
 * counted as another, a time-out that is not kept.
 */
export const LADDER: Trial = {
  promise: 'B6',
  says: 'A product page outlives its recommender: live, stale, popular, none; it says and counts which, and is in time',
  how: 'the recommender answers, then 500, HTML, nothing at all, and is gone; a product known to it, others, and a lone one',

  run: async (stage) => {
    const { shop, recommender, database } = stage;
    const replica = await (await stage.extra()).ready();
    const [known = '', unknown = '', third = ''] = await productsOnSale(database, 3);
    const lone = await shop.onSale(replica, { category: `verify-lone-${Date.now()}` });
    await pageOf(replica, third); // the first answer of a process is its slowest
    const live = await stepOn(replica, known);
    await recommender.answers(status(500));
    const [stale, popular, none] = [
      await stepOn(replica, known),
      await stepOn(replica, unknown),
      await stepOn(replica, lone.id),
    ];
    await recommender.answers(html);
    const garbage = await stepOn(replica, known);
    await recommender.answers(blackHole);
    const silent: Step[] = [];
    for (let n = 0; n < SILENT_PAGES; n += 1) silent.push(await stepOn(replica, known));
    await recommender.stop();
    const gone = await stepOn(replica, known);
    const steps = [live, stale, popular, none, garbage, ...silent, gone];
    const degraded = sumOf(await replica.settledMetrics(), 'degraded_responses_total', { feature: 'recommendations' });
    return together([
      fact('statuses', [...new Set(steps.map((step) => step.status))].join(), '200'),
      fact('well', live.told, 'live, counted as live'),
      fact('500', stale.told, 'stale, degraded, counted as stale'),
      fact('500, others', popular.told, 'popular, degraded, counted as popular'),
      fact('500, lone', none.told, 'none, degraded, counted as none'),
      fact(
        'HTML, silence, gone',
        [...new Set([garbage, ...silent, gone].map(({ told }) => told))].join('; '),
        'stale, degraded, counted as stale',
      ),
      fact('counted as degraded', degraded, steps.length - 1),
      within('shortest of silence', Math.min(...silent.map(({ tookMs }) => tookMs)), PAGE_PROMISED_MS),
      within('longest', Math.max(...steps.map(({ tookMs }) => tookMs)), PAGE_PROMISED_MS + SLACK_MS),
    ]);
  },
};

/** Asks for a page, and which rung has been counted for it. */
async function stepOn(replica: Replica, id: string): Promise<Step> {
  const countsOf = async (): Promise<readonly number[]> => {
    const metrics = await replica.settledMetrics();
    return SOURCES.map((source) => sumOf(metrics, 'product_recommendations_total', { source }));
  };
  const before = await countsOf();
  const page = await pageOf(replica, id);
  const after = await countsOf();
  const counted = SOURCES.filter((_, place) => after[place] !== before[place]).join(' and ');
  return { status: page.status, tookMs: page.tookMs, told: `${sourceOf(page)}, counted as ${counted || 'nothing'}` };
}
