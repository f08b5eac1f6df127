import { OrderClient } from '../../../system/support/order-client.js';
import { StoreClient, type ProductBody } from '../../../system/support/store-client.js';

/** Requests on their way at one time. */
const AT_ONCE = 8;

/** What a client was told of its order. */
export interface Bought {
  readonly id: string;
  readonly productIds: readonly string[];
  readonly isCancelled: boolean;
}

export interface Purchases {
  /** Of the answers to each order, in the order of their asking. */
  readonly statuses: readonly number[];
  readonly bought: readonly Bought[];
}

export interface Buying {
  readonly count: number;
  /** Each so-manieth is cancelled as soon as it is placed; none, unless given. */
  readonly cancelEach?: number;
}

/** Products that are on sale, with more in stock than anybody buys. */
export async function filledShelf(storeUrl: string, products: number): Promise<readonly ProductBody[]> {
  const keeper = new StoreClient(storeUrl);
  const shelf: ProductBody[] = [];
  while (shelf.length < products) {
    const { id } = await keeper.created({ stock: 100_000 });
    shelf.push((await keeper.turn(id, 'activate')).body);
  }
  return shelf;
}

/** Buys two different products of the shelf in each order, of all stores by turns. */
export async function buy(
  storeUrls: readonly string[],
  shelf: readonly ProductBody[],
  { count, cancelEach = Infinity }: Buying,
): Promise<Purchases> {
  const statuses: number[] = [];
  const bought: Bought[] = [];
  const one = async (n: number): Promise<void> => {
    const pair = pairOf(shelf, n);
    const buyer = new OrderClient(storeUrls[n % storeUrls.length] ?? '', `buyer-${n % 7}`);
    const { status, body } = await buyer.place(...pair.map((product) => [product, 1] as const));
    statuses[n] = status;
    if (status !== 201) return;
    const isCancelled = n % cancelEach === cancelEach - 1;
    if (isCancelled) await cancel(buyer, body.id);
    bought.push({ id: body.id, productIds: pair.map(({ id }) => id), isCancelled });
  };
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { statuses, bought };
}

async function cancel(buyer: OrderClient, id: string): Promise<void> {
  const { status } = await buyer.cancel(id);
  if (status !== 200) throw new Error(`Not cancelled: ${status}`);
}

/** Every pair of the shelf by turns, in both orders. */
function pairOf(shelf: readonly ProductBody[], n: number): readonly ProductBody[] {
  const distance = 1 + (Math.floor(n / shelf.length) % (shelf.length - 1));
  return [n, n + distance].map((place) => shelf[place % shelf.length]).filter((product) => product !== undefined);
}
