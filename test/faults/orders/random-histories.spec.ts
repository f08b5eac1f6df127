import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FaultProxy } from '../../../tools/fault-proxy/fault-proxy.ts';
import { Fleet } from './support/fleet.js';
import { allowedStock, mostEverThere } from './support/history/allowed-stock.js';
import { Client } from './support/history/client.js';
import { fateOf, type Entry, type Placing } from './support/history/entry.js';
import { expectExplained } from './support/history/expect-explained.js';
import { Mischief } from './support/history/mischief.js';
import { ORDER_CANCELLED, ORDER_PLACED } from './support/ledger.js';
import { Progress } from './support/progress.js';
import { SeededRandom } from '../support/seeded-random.js';
import { idOf, Till } from './support/till.js';

const STORES = 2;
const RUNS = 4;
const CLIENTS = 10;
const ACTS = 15;
const PRODUCTS = 4;
const STOCK = { min: 5, max: 60 };

describe('orders, cancellations and counts at two stores, while connections break and locks cross', () => {
  const random = SeededRandom.announced('random histories');
  const till = new Till(2 * CLIENTS);
  const proxies: FaultProxy[] = [];
  const totals = new Map<string, number>();
  let fleet: Fleet;

  beforeAll(async () => {
    const reachedAt = async (databaseUrl: string): Promise<string> => {
      const proxy = await FaultProxy.to(databaseUrl);
      proxies.push(proxy);
      return proxy.url;
    };
    fleet = await Fleet.of({ size: STORES, reachedAt });
  }, 60_000);
  afterAll(async () => {
    await till.close();
    await fleet.end();
    await Promise.all(proxies.map((proxy) => proxy.close()));
  });

  it.each(Array.from({ length: RUNS }, (_, n) => n + 1))(
    'keep every promise that they made (history %d)',
    async () => {
      const shelf: { readonly id: string; readonly stock: number }[] = [];
      for (let n = 0; n < PRODUCTS; n += 1) {
        shelf.push(await fleet.onSale({ stock: random.between(STOCK.min, STOCK.max) }));
      }
      const { history, seen, figures } = await lived(shelf.map(({ id }) => id));

      const orders = await fleet.ledger.orders();
      const movements = await fleet.ledger.movements(...shelf.map(({ id }) => id));
      const deadlocks = await fleet.ledger.deadlocks();
      process.stdout.write(`${JSON.stringify({ ...figures, deadlocks })}\n`);
      for (const [name, count] of Object.entries(figures)) totals.set(name, (totals.get(name) ?? 0) + count);
      expectExplained(history, orders, movements);
      for (const { id, stock } of shelf) {
        const { min, max } = allowedStock(id, stock, history);
        const left = await fleet.ledger.stockOf(id);
        expect(left).toBe(stock + (await fleet.ledger.movedBy(id)));
        expect(left).toBeGreaterThanOrEqual(Math.max(0, min));
        expect(left).toBeLessThanOrEqual(max);
        for (const look of seen.filter(({ productId }) => productId === id)) {
          expect(look.stock).toBeGreaterThanOrEqual(0);
          expect(look.stock).toBeLessThanOrEqual(mostEverThere(id, stock, history));
        }
      }
      expectReadBack(history);
    },
    60_000,
  );

  it('told of each order and each cancellation that there is, once', async () => {
    const orders = await fleet.ledger.orders();

    expect(await fleet.ledger.toldOf(ORDER_PLACED)).toEqual(orders.map(({ id }) => id));
    expect(await fleet.ledger.toldOf(ORDER_CANCELLED)).toEqual(
      orders.filter(({ status }) => status === 'cancelled').map(({ id }) => id),
    );
  });

  it('were met by each kind of fault, and left some without an answer', () => {
    expect(Object.fromEntries(totals)).toMatchObject({
      'place done': expect.any(Number),
      'place unknown': expect.any(Number),
      'cancel done': expect.any(Number),
      'adjust done': expect.any(Number),
    });
    expect([...totals].filter(([, count]) => count === 0)).toEqual([]);
  });

  async function lived(productIds: readonly string[]) {
    const clients = Array.from({ length: CLIENTS }, () => new Client({ fleet, till, random, productIds }));
    const progress = new Progress();
    const mischief = new Mischief({ adminUrl: fleet.adminUrl, proxies, random, productIds });
    const living = Promise.all(
      clients.map(async (client) => {
        for (let acts = 0; acts < ACTS; acts += 1) {
          await client.act();
          progress.step();
        }
      }),
    ).finally(() => progress.end());
    await Promise.all([living, mischief.among(progress)]);
    const history = clients.flatMap((client) => client.history);
    return {
      history,
      seen: clients.flatMap((client) => client.seen),
      figures: { ...mischief.counts, ...countsOf(history) },
    };
  }
});

const placings = (history: readonly Entry[]): readonly Placing[] => history.filter((entry) => entry.kind === 'place');

const countsOf = (history: readonly Entry[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  const count = (name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);
  for (const { kind, tries } of history) count(`${kind} ${fateOf(tries)}`);
  for (const { cancelling } of placings(history)) if (cancelling.length > 0) count(`cancel ${fateOf(cancelling)}`);
  return counts;
};

/** What a store has acknowledged, every store shows at once. */
function expectReadBack(history: readonly Entry[]): void {
  for (const { tries, cancelling, readBack } of placings(history)) {
    const placed = tries.filter((answer) => answer?.status === 201);
    const cancelled = cancelling.filter((answer) => answer?.status === 200);
    for (const other of cancelled) expect(other?.text).toBe(cancelled[0]?.text);
    const acknowledged = [...placed, ...cancelled.slice(0, 1)];
    expect(readBack.map(({ status, text }) => ({ status, text }))).toEqual(
      acknowledged.map((answer) => ({ status: 200, text: answer?.text })),
    );
    expect(new Set(readBack.map(idOf)).size).toBeLessThanOrEqual(1);
  }
}
