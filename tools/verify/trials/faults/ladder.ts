import { blackHole, html, status } from '../../../stub-recommender/behaviours.ts';
import { sumOf } from '../../stage/sum.ts';
import { SLACK_MS } from '../../stage/slack.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { pageOf, PAGE_PROMISED_MS, productsOnSale, sourceOf } from './recommendation-pages.ts';

/** Sabotages that this is for: stale answers that are dropped, a rung that is left out, a fault that is a 500. */
export const LADDER: Trial = {
  promise: 'B6',
  says: 'A product page outlives its recommender: live, stale, popular, none; it says which, and is in time',
  how: 'the recommender answers, then 500, HTML, nothing at all, and is gone; a product known to it, others, and a lone one',

  run: async (stage) => {
    const { shop, recommender, database } = stage;
    const replica = await (await stage.extra()).ready();
    const [known = '', unknown = '', third = ''] = await productsOnSale(database, 3);
    const lone = await shop.onSale(replica, { category: `verify-lone-${Date.now()}` });
    await pageOf(replica, third); // the first answer of a process is its slowest
    const live = await pageOf(replica, known);
    await recommender.answers(status(500));
    const [stale, popular, none] = [
      await pageOf(replica, known),
      await pageOf(replica, unknown),
      await pageOf(replica, lone.id),
    ];
    await recommender.answers(html);
    const garbage = await pageOf(replica, known);
    await recommender.answers(blackHole);
    const silent = await pageOf(replica, known);
    await recommender.stop();
    const gone = await pageOf(replica, known);
    const pages = [live, stale, popular, none, garbage, silent, gone];
    const degraded = sumOf(await replica.settledMetrics(), 'degraded_responses_total', { feature: 'recommendations' });
    return together([
      fact('statuses', [...new Set(pages.map((page) => page.status))].join(), '200'),
      fact('well', sourceOf(live), 'live'),
      fact('500', sourceOf(stale), 'stale, degraded'),
      fact('500, others', sourceOf(popular), 'popular, degraded'),
      fact('500, lone', sourceOf(none), 'none, degraded'),
      fact(
        'HTML, silence, gone',
        [garbage, silent, gone].map(sourceOf).join('; '),
        Array(3).fill('stale, degraded').join('; '),
      ),
      fact('counted as degraded', degraded, pages.length - 1),
      within('longest', Math.max(...pages.map(({ tookMs }) => tookMs)), PAGE_PROMISED_MS + SLACK_MS),
    ]);
  },
};
