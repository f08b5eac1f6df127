import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Buyer, type Deal } from './support/buyer.js';
import { Fleet } from './support/fleet.js';
import { Killer } from './support/killer.js';
import { ORDER_CANCELLED, ORDER_PLACED } from './support/ledger.js';
import { Progress } from './support/progress.js';
import { SeededRandom } from '../support/seeded-random.js';
import { codeOf, idOf, Till } from './support/till.js';

const STORES = 3;
const BUYERS = 8;
const KILLS = 20;
/** Deals from one kill to the next: the first strikes come while the last victims are still starting. */
const DEALS_BETWEEN = { min: 5, max: 25 };
const PRODUCTS = 6;
/** Of some there is enough for all, and others run out. */
const stockOf = (place: number): number => (place % 3 === 0 ? 300 : 10_000);

describe(`${KILLS} kills of ${STORES} stores, among buyers who ask until they are answered`, () => {
  const till = new Till(BUYERS);
  let fleet: Fleet;
  let shelf: { readonly id: string; readonly stock: number }[];
  let deals: readonly Deal[];

  beforeAll(async () => {
    const random = SeededRandom.announced('random kills');
    fleet = await Fleet.of({ size: STORES });
    shelf = [];
    for (let n = 0; n < PRODUCTS; n += 1) shelf.push(await fleet.onSale({ stock: stockOf(n) }));
    deals = await tradeAmongKills(random);
  }, 300_000);
  afterAll(async () => {
    await till.close();
    await fleet.end();
  });

  async function tradeAmongKills(random: SeededRandom): Promise<Deal[]> {
    const killer = new Killer(fleet, random);
    const productIds = shelf.map(({ id }) => id);
    const buyers = Array.from(
      { length: BUYERS },
      (_, n) => new Buyer({ sub: `buyer-${n}`, fleet, till, random, productIds }),
    );
    const progress = new Progress();
    const trading = Promise.all(
      buyers.map((buyer) =>
        buyer.buyUntil(
          () => killer.kills >= KILLS,
          () => progress.step(),
        ),
      ),
    );
    const killing = (async () => {
      for (let n = 0; n < KILLS; n += 1) {
        await progress.steps(random.between(DEALS_BETWEEN.min, DEALS_BETWEEN.max));
        await killer.strike();
      }
    })();
    await Promise.all([trading, killing]);
    await killer.recovered();
    await fleet.ledger.endLeases();
    await fleet.ledger.drained();
    const broken = buyers.reduce((sum, buyer) => sum + buyer.broken, 0);
    const postponed = buyers.reduce((sum, buyer) => sum + buyer.postponed, 0);
    const replayed = fleet.everStarted.flatMap(({ logs }) => logs).filter((line) => line['idempotency'] === 'replayed');
    const all = buyers.flatMap((buyer) => buyer.deals);
    const figures = { kills: killer.kills, broken, postponed, replayed: replayed.length, ...countsOf(all) };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    expect(broken).toBeGreaterThan(0);
    return all;
  }

  const placed = (): readonly Deal[] => deals.filter(({ answer }) => answer.status === 201);
  const idsOf = (some: readonly Deal[]): string[] => some.map(({ answer }) => idOf(answer)).sort();

  it('left every buyer with an answer: an order, or that too few are left', () => {
    for (const { answer } of deals.filter((deal) => deal.answer.status !== 201)) {
      expect([answer.status, codeOf(answer)]).toEqual([409, 'orders.out-of-stock']);
    }
  });

  it('left every order that was acknowledged, once, and no other', async () => {
    const kept = await fleet.ledger.orders();

    expect(kept.map(({ id }) => id)).toEqual(idsOf(placed()));
    expect(kept.filter(({ status }) => status === 'cancelled').map(({ id }) => id)).toEqual(
      idsOf(deals.filter(({ cancelled }) => cancelled)),
    );
  });

  it('left every key with the answer that it was given', async () => {
    const again = await Promise.all(deals.map(({ wanted }, n) => till.place(fleet.store(n).url, wanted)));

    expect(again).toEqual(deals.map(({ answer }) => answer));
    expect(await fleet.ledger.orders()).toHaveLength(placed().length);
  });

  it('left in stock what there was, less what was sold, plus what was cancelled, as the book has it', async () => {
    for (const { id, stock } of shelf) {
      const sold = piecesOf(id, placed());
      const back = piecesOf(
        id,
        deals.filter(({ cancelled }) => cancelled),
      );
      expect(await fleet.ledger.stockOf(id)).toBe(stock - sold + back);
      expect(await fleet.ledger.movedBy(id)).toBe(back - sold);
    }
  });

  it('told of each order and each cancellation once', async () => {
    expect(await fleet.ledger.toldOf(ORDER_PLACED)).toEqual(idsOf(placed()));
    expect(await fleet.ledger.toldOf(ORDER_CANCELLED)).toEqual(idsOf(deals.filter(({ cancelled }) => cancelled)));
  });

  it('was heard by the recommendations once for each', async () => {
    const cancelledIds = new Set(idsOf(deals.filter(({ cancelled }) => cancelled)));

    expect(await fleet.ledger.purchases()).toEqual(
      idsOf(placed()).map((id) => ({ id, forgotten: cancelledIds.has(id) })),
    );
    expect(await fleet.ledger.unmatchedInInbox('recommendations')).toBe(0);
    expect(await fleet.ledger.miscountedPairs()).toBe(0);
  });
});

const countsOf = (deals: readonly Deal[]): Record<string, number> => ({
  deals: deals.length,
  placed: deals.filter(({ answer }) => answer.status === 201).length,
  refused: deals.filter(({ answer }) => answer.status === 409).length,
  cancelled: deals.filter(({ cancelled }) => cancelled).length,
});

const piecesOf = (productId: string, deals: readonly Deal[]): number =>
  deals
    .flatMap(({ wanted }) => wanted.lines)
    .filter((line) => line.productId === productId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
