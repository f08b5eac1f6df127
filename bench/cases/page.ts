import { startStore } from '../scene/servers.ts';
import type { CaseMaker } from './case.ts';
import { throughput } from './conditions.ts';
import { byId, CACHED, productIds } from './products.ts';

/** A page that is late is degraded, and so another answer. What is measured is the one that is not, on slow machines, too. */
export const PATIENT = {
  ...CACHED,
  RECOMMENDER_TIMEOUT_MS: '5000',
  RECOMMENDER_ATTEMPT_TIMEOUT_MS: '5000',
  RECOMMENDER_PRODUCTS_TIMEOUT_MS: '5000',
};

const PAIR = { what: 'product page with recommendations, warm', of: 'page', over: 'product, cached' };

/** A page without its recommendations is another one, and cheaper. */
export function faultOfPage(body: string): string | null {
  const { recommendations } = JSON.parse(body) as { recommendations?: { items: unknown[]; degraded: boolean } };
  const isWhole = recommendations?.degraded === false && recommendations.items.length > 0;
  return isWhole ? null : `recommendations are degraded, or none: ${JSON.stringify(recommendations)}`;
}

export const page: CaseMaker = {
  name: 'page',
  storeless: true,
  make: async (scene) => {
    const ids = await productIds(scene);
    return {
      name: 'page',
      title: 'A product page with its recommendations',
      questions: byId(ids),
      contenders: [
        { name: 'product, cached', logs: true, start: () => startStore(scene, { name: 'store', env: CACHED }) },
        {
          name: 'page',
          logs: true,
          start: () => startStore(scene, { name: 'store of the pages', env: PATIENT }),
          questions: byId(ids, '?include=recommendations'),
          answersOtherwise: true,
          faultOf: faultOfPage,
        },
      ],
      conditions: [throughput(PAIR, [0.6, 0.8])],
    };
  },
};
