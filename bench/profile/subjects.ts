import { authenticated } from '../cases/authenticated.ts';
import type { Question } from '../cases/case.ts';
import { orders } from '../cases/order.ts';
import { PATIENT } from '../cases/page.ts';
import { byId, CACHED, LIST, productIds, UNCACHED } from '../cases/products.ts';
import type { Load } from '../load/plan.ts';
import { stormOn } from '../overload/overload.ts';
import type { Scene } from '../scene/scene.ts';
import type { ServerProcess } from '../scene/server-process.ts';
import { type Env, startPipeline, startStore, type StoreOptions } from '../scene/servers.ts';

/** What can be profiled, by the names that `--profile` takes. */
export const PROFILES = ['tiny', 'by-id', 'list', 'cached', 'page', 'order', 'authenticated', 'overload'] as const;

/** The target of a case. */
export interface Subject {
  readonly start: (options: Required<StoreOptions>) => Promise<ServerProcess>;
  readonly questions: () => Promise<readonly Question[]>;
  /** Members of an answer that are new each time. */
  readonly changing: readonly string[];
  /** Asked at a rate: whether each connection has been answered or not. Absent: when it has. */
  readonly load?: (peak: number) => Omit<Load, 'durationMs'>;
}

export function subjectsIn(scene: Scene): Readonly<Record<string, Subject>> {
  const store = (own: Env, questions: Subject['questions'], changing: readonly string[] = []): Subject => ({
    start: ({ env, ...options }) => startStore(scene, { ...options, env: { ...own, ...env }, release: 'dist' }),
    questions,
    changing,
  });
  const products =
    (query = '') =>
    async () =>
      byId(await productIds(scene), query);
  const pipeline = (questions: Subject['questions']): Subject => ({
    start: (options) => startPipeline(scene, options),
    questions,
    changing: [],
  });
  return {
    tiny: pipeline(async () => [{ method: 'GET', path: '/v1/tiny' }]),
    'by-id': store(UNCACHED, products()),
    list: store({}, async () => LIST, ['nextCursor']),
    cached: store(CACHED, products()),
    page: store(PATIENT, products('?include=recommendations')),
    order: store({}, () => orders(scene), ['id', 'placedAt']),
    // As the case asks its target: with a token of this run's issuer.
    authenticated: pipeline(async () => (await authenticated.make(scene))?.contenders.at(-1)?.questions ?? []),
    overload: { ...store(UNCACHED, products()), load: stormOn },
  } satisfies Record<(typeof PROFILES)[number], Subject>;
}
