import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fleet } from './support/fleet.js';
import { ORDER_PLACED } from './support/ledger.js';
import { persist } from './support/persistence.js';
import { idOf, Till, type Purchase } from './support/till.js';

const PRELOAD = ['kill-around-commit.mjs'];
const STOCK = 17;
const QUANTITY = 3;

describe('a store that is killed with an order in its hands', () => {
  const till = new Till(4);
  let fleet: Fleet;

  beforeAll(async () => {
    fleet = await Fleet.of({ size: 2 });
  }, 60_000);
  afterAll(async () => {
    await till.close();
    await fleet.end();
  });

  const ordersOf = async ({ sub }: Purchase): Promise<string[]> =>
    (await fleet.ledger.orders()).filter(({ customerId }) => customerId === sub).map(({ id }) => id);

  it.each([
    ['after-commit', 'between COMMIT and the answer: the same key elsewhere gives the answer that was lost', 1],
    ['before-commit', 'before COMMIT: the same key elsewhere carries the order out', 0],
  ])('%s, %s', async (moment, _what, leftBehind) => {
    const product = await fleet.onSale({ stock: STOCK });
    const lines = [{ productId: product.id, quantity: QUANTITY }];
    const wanted: Purchase = { sub: `buyer-${moment}`, key: randomUUID(), lines };
    const others = [...fleet.alive];
    const doomed = await fleet.join({ preload: PRELOAD, env: { TEST_KILL: moment } });

    await expect(till.place(doomed.url, wanted)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:UND_ERR_SOCKET|ECONNRESET)$/),
    });
    expect(await doomed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    const left = await ordersOf(wanted);
    expect(left).toHaveLength(leftBehind);
    expect(await fleet.ledger.stockOf(product.id)).toBe(STOCK - QUANTITY * leftBehind);

    const { answer } = await persist((tries) => till.place(others[tries % 2]?.url ?? '', wanted));

    expect(answer).toMatchObject({ status: 201, location: `/v1/orders/${idOf(answer)}`, etag: '"1"' });
    if (leftBehind > 0) expect(idOf(answer)).toBe(left[0]);
    for (const { url } of others) expect(await till.place(url, wanted)).toEqual(answer);
    expect(await till.order(fleet.store(1).url, wanted.sub, idOf(answer))).toMatchObject({
      status: 200,
      text: answer.text,
    });
    expect(await ordersOf(wanted)).toEqual([idOf(answer)]);
    expect((await fleet.ledger.toldOf(ORDER_PLACED)).filter((id) => id === idOf(answer))).toHaveLength(1);
    expect(await fleet.ledger.movements(product.id)).toMatchObject([{ delta: -QUANTITY }]);
    expect(await fleet.ledger.stockOf(product.id)).toBe(STOCK - QUANTITY);
  });
});
