import { startStore } from '../scene/servers.ts';
import type { CaseMaker } from './case.ts';
import { throughput } from './conditions.ts';
import { byId, CACHED, productIds } from './products.ts';

const PAIR = { what: 'product page with recommendations, warm', of: 'page', over: 'product, cached' };

export const page: CaseMaker = {
  name: 'page',
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
          start: () => startStore(scene, { name: 'store of the pages', env: CACHED }),
          questions: byId(ids, '?include=recommendations'),
          answersOtherwise: true,
        },
      ],
      conditions: [throughput(PAIR, [0.6, 0.8])],
    };
  },
};
