import type { Question } from '../cases/case.ts';
import { orders } from '../cases/order.ts';
import { byId, CACHED, productIds, UNCACHED } from '../cases/products.ts';
import type { Scene } from '../scene/scene.ts';
import type { ServerProcess } from '../scene/server-process.ts';
import { type Env, startPipeline, startStore, type StoreOptions } from '../scene/servers.ts';

/** What can be profiled: the target of a case. */
export interface Subject {
  readonly start: (options: Required<StoreOptions>) => Promise<ServerProcess>;
  readonly questions: () => Promise<readonly Question[]>;
  /** Members of an answer that are new each time. */
  readonly changing: readonly string[];
}

export function subjectsIn(scene: Scene): Readonly<Record<string, Subject>> {
  const store = (own: Env, questions: Subject['questions'], changing: readonly string[] = []): Subject => ({
    start: ({ env, ...options }) => startStore(scene, { ...options, env: { ...own, ...env } }),
    questions,
    changing,
  });
  const products =
    (query = '') =>
    async () =>
      byId(await productIds(scene), query);
  return {
    tiny: {
      start: (options) => startPipeline(scene, options),
      questions: async () => [{ method: 'GET', path: '/v1/tiny' }],
      changing: [],
    },
    'by-id': store(UNCACHED, products()),
    cached: store(CACHED, products()),
    page: store(CACHED, products('?include=recommendations')),
    order: store({}, () => orders(scene), ['id', 'placedAt']),
  };
}
