import type { ProductBody } from '../../../system/support/store-client.js';
import { until } from '../../orders/support/until.js';
import type { SharedShop } from './shared-shop.js';

/** Resolves when every store shows that version of the product, or a newer one. */
export async function untilShown(shop: SharedShop, { id, version }: ProductBody, withinMs: number): Promise<void> {
  const isShown = async (): Promise<boolean> => (await shown(shop, id)).every((body) => body.version >= version);
  await until(`version ${version} of ${id} is shown by all`, isShown, withinMs);
}

/** Resolves when every store shows each product as Postgres has it. */
export async function untilAgreed(shop: SharedShop, ids: readonly string[], withinMs: number): Promise<void> {
  const agreed = async (): Promise<boolean> => {
    for (const id of ids) {
      const stock = await shop.fleet.ledger.stockOf(id);
      const bodies = await shown(shop, id);
      const texts = new Set(bodies.map((body) => JSON.stringify(body)));
      if (texts.size !== 1 || bodies[0]?.stock !== stock) return false;
    }
    return true;
  };
  await until('all stores agree with Postgres', agreed, withinMs);
}

const shown = (shop: SharedShop, id: string): Promise<ProductBody[]> =>
  Promise.all(shop.stores.map(async (_, place) => (await shop.keeper(place).product(id)).body));
