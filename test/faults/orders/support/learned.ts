import { withConnection } from '#platform/testing';
import type { Bought } from './buyers.js';

/** What recommendations hold of purchases. */
export interface Learned {
  /** Sorted; those that were forgotten among them. */
  readonly purchases: readonly string[];
  readonly forgotten: readonly string[];
  /** How many purchases hold both products, by the ids of both; of a product with itself, how many hold it. */
  readonly pairs: Readonly<Record<string, number>>;
}

const PURCHASES = 'SELECT id, forgotten_at IS NOT NULL AS forgotten FROM recommendations.purchases';
const PAIRS = `SELECT product_id || ' ' || other_id AS pair, purchases FROM recommendations.companions`;

/** What a database holds, read as the superuser. */
export function learnedIn(adminUrl: string): Promise<Learned> {
  return withConnection(adminUrl, async (admin) => {
    const { rows: purchases } = await admin.query<{ id: string; forgotten: boolean }>(PURCHASES);
    const { rows: pairs } = await admin.query<{ pair: string; purchases: number }>(PAIRS);
    return {
      purchases: purchases.map(({ id }) => id).sort(),
      forgotten: idsOf(purchases.filter(({ forgotten }) => forgotten)),
      pairs: sorted(pairs.map(({ pair, purchases: count }) => [pair, Number(count)])),
    };
  });
}

/** What it has to hold when each event of these orders has had its effect once: counted from what the clients heard. */
export function learnedFrom(bought: readonly Bought[]): Learned {
  const pairs = new Map<string, number>();
  for (const { productIds, isCancelled } of bought) {
    if (isCancelled) continue;
    for (const one of productIds) {
      for (const other of productIds) pairs.set(`${one} ${other}`, (pairs.get(`${one} ${other}`) ?? 0) + 1);
    }
  }
  return {
    purchases: idsOf(bought),
    forgotten: idsOf(bought.filter(({ isCancelled }) => isCancelled)),
    pairs: sorted([...pairs]),
  };
}

const idsOf = (some: readonly { readonly id: string }[]): readonly string[] => some.map(({ id }) => id).sort();

const sorted = (entries: readonly (readonly [string, number])[]): Record<string, number> =>
  Object.fromEntries(entries.toSorted(([one], [other]) => one.localeCompare(other)));
