import { readMetrics } from '../../../system/support/metrics.js';
import { until } from '../../orders/support/until.js';

/** 0 closed, 1 half-open, 2 open. */
export const OPEN = 2;

/** What a store's own metrics say of its Redis, and of its cache of products. */
export interface Figures {
  readonly breakerState: number;
  readonly pendingInvalidations: number;
  /** Reads by result. */
  readonly reads: Readonly<Record<string, number>>;
  /** Statements that look for one product: loads of the cache, and the reads of those who change it. */
  readonly finds: number;
}

interface Managed {
  readonly managementUrl: string;
}

export async function figuresOf({ managementUrl }: Managed): Promise<Figures> {
  const samples = await readMetrics(managementUrl);
  const reads: Record<string, number> = {};
  const figures = { breakerState: NaN, pendingInvalidations: NaN, finds: 0 };
  for (const { name, labels, value } of samples) {
    if (name === 'cache_requests_total' && labels['cache'] === 'catalog.products')
      reads[labels['result'] ?? ''] = value;
    if (name === 'cache_pending_invalidations') figures.pendingInvalidations = value;
    if (name === 'dependency_breaker_state' && labels['dependency'] === 'redis') figures.breakerState = value;
    if (name === 'dependency_request_duration_seconds_count' && labels['operation'] === 'catalog.find-product')
      figures.finds += value;
  }
  return { ...figures, reads };
}

/** Resolves when each store's figures fit. */
export async function everywhere(
  what: string,
  stores: readonly Managed[],
  fits: (figures: Figures, place: number) => boolean,
  withinMs: number,
): Promise<void> {
  const all = async (): Promise<boolean> => (await Promise.all(stores.map(figuresOf))).every(fits);
  await until(what, all, withinMs);
}

/** Resolves when each store has answered more reads with that result than it has by now. */
export async function risesEverywhere(result: string, stores: readonly Managed[], withinMs: number): Promise<void> {
  const before = await Promise.all(stores.map(figuresOf));
  const rises = ({ reads }: Figures, place: number): boolean =>
    (reads[result] ?? 0) > (before[place]?.reads[result] ?? 0);
  await everywhere(`${result} rises`, stores, rises, withinMs);
}
