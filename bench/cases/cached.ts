import type { Scene } from '../scene/scene.ts';
import { type Env, startBaseline, startStore } from '../scene/servers.ts';
import { answerTo } from '../rounds/answers.ts';
import type { CaseMaker } from './case.ts';
import { cpu, throughput } from './conditions.ts';
import { byId, CACHED, productIds } from './products.ts';

const PAIR = { what: 'product by id, cached', of: 'Mainstay', over: 'bare Fastify' };

const asked = new WeakMap<Scene, Promise<Env>>();

/** The products as the store answers them, for servers that have them in memory or in Redis. Asked for once. */
function productsFor(scene: Scene, ids: readonly string[]): Promise<Env> {
  const products = asked.get(scene) ?? askForProducts(scene, ids);
  asked.set(scene, products);
  return products;
}

async function askForProducts(scene: Scene, ids: readonly string[]): Promise<Env> {
  const store = await startStore(scene, { name: 'store that is asked for the products' });
  const answers = await Promise.all(byId(ids).map((question) => answerTo(store.url, question)));
  await store.kill();
  const products = answers.map(({ body }, index) => [ids[index], JSON.parse(body) as unknown]);
  return { BENCH_PRODUCTS: JSON.stringify(Object.fromEntries(products)) };
}

export const cached: CaseMaker = {
  name: 'cached',
  storeless: true,
  make: async (scene) => {
    const ids = await productIds(scene);
    const products = await productsFor(scene, ids);
    return {
      name: 'cached',
      title: 'A product by its id, cached',
      questions: byId(ids),
      contenders: [
        { name: 'bare Fastify', start: () => startBaseline(scene, 'fastify', products) },
        { name: 'Mainstay', logs: true, start: () => startStore(scene, { name: 'store', env: CACHED }) },
      ],
      conditions: [throughput(PAIR, [0.33, 0.42]), cpu(PAIR, [2.6, 2.3])],
    };
  },
};

/** Where replicas share a Redis, the cache is there, and the counts of the rate limit, too: both are asked each time. */
export const cachedShared: CaseMaker = {
  name: 'cached-shared',
  make: async (scene) => {
    if (!scene.redis) return null;
    const ids = await productIds(scene);
    const redis = { REDIS_URL: scene.redis.url };
    const products = { ...(await productsFor(scene, ids)), ...redis };
    return {
      name: 'cached-shared',
      title: 'A product by its id, cached in a Redis that replicas share',
      questions: byId(ids),
      contenders: [
        { name: 'Fastify + node-redis', start: () => startBaseline(scene, 'fastify-redis', products) },
        { name: 'bare Fastify', start: () => startBaseline(scene, 'fastify', products) },
        {
          name: 'Mainstay with Redis',
          logs: true,
          start: () => startStore(scene, { name: 'store', env: { ...CACHED, ...redis } }),
        },
      ],
      conditions: [],
    };
  },
};
