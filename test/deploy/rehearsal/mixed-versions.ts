import type { Api } from '../../system/support/api.js';
import { OrderClient } from '../../system/support/order-client.js';
import { StoreClient } from '../../system/support/store-client.js';
import type { StoreProcess } from '../../system/support/store-process.js';

const CUSTOMER = 'rehearsal';
const STOCK = 5;

/** What one process has written. */
export interface Written {
  readonly product: string;
  readonly order: string;
}

/** A product, made known and sold once: a row of each module, an event of each. */
export async function writtenBy({ url }: StoreProcess): Promise<Written> {
  const shop = new StoreClient(url);
  const { id } = await shop.created({ stock: STOCK });
  expectStatus(await shop.turn(id, 'activate'), 200);
  const order = await new OrderClient(url, CUSTOMER).placed([{ id }, 1]);
  return { product: id, order: order.id };
}

/** What another one makes of that: reads both, and changes both. */
export async function readAndChangedBy({ url }: StoreProcess, { product, order }: Written): Promise<object> {
  const shop = new StoreClient(url);
  const orders = new OrderClient(url, CUSTOMER);
  const read = { product: (await shop.product(product)).body, order: (await orders.order(order)).body };
  const changed = await shop.change(product, '*', { name: 'Changed by the other version' });
  const cancelled = await orders.cancel(order);
  return {
    stock: read.product.stock,
    status: read.product.status,
    order: read.order.status,
    changed: changed.status,
    cancelled: cancelled.body.status,
  };
}

/** What {@link readAndChangedBy} finds when the versions understand each other. */
export const UNDERSTOOD = { stock: STOCK - 1, status: 'active', order: 'placed', changed: 200, cancelled: 'cancelled' };

function expectStatus({ status, body }: Awaited<ReturnType<Api['post']>>, wanted: number): void {
  if (status !== wanted) throw new Error(`${status}, not ${wanted}: ${JSON.stringify(body)}`);
}
