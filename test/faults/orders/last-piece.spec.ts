import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RowLock } from '../../system/support/row-lock.js';
import type { ProductBody } from '../../system/support/store-client.js';
import { CROWDED, Fleet } from './support/fleet.js';
import { ORDER_PLACED } from './support/ledger.js';
import { codeOf, idOf, Till, type TillAnswer } from './support/till.js';

const STORES = 3;
const BUYERS = 200;

describe(`the last piece, which ${BUYERS} want at ${STORES} stores at once`, () => {
  const till = new Till(Math.ceil(BUYERS / STORES));
  let fleet: Fleet;
  let last: ProductBody;
  let answers: readonly TillAnswer[];

  beforeAll(async () => {
    fleet = await Fleet.of({ size: STORES, env: CROWDED });
    last = await fleet.onSale({ stock: 1 });
    const lock = await RowLock.on(fleet.adminUrl, last.id);
    const orders = Array.from({ length: BUYERS }, (_, n) => {
      const lines = [{ productId: last.id, quantity: 1 }];
      return till.place(fleet.store(n).url, { sub: `buyer-${n}`, key: randomUUID(), lines });
    });
    await fleet.inFlight(BUYERS).finally(() => lock.release());
    answers = await Promise.all(orders);
  }, 60_000);
  afterAll(async () => {
    await till.close();
    await fleet.end();
  });

  const withStatus = (status: number): readonly TillAnswer[] => answers.filter((answer) => answer.status === status);

  it('is sold to one, and all others hear that none is left', () => {
    expect([withStatus(201).length, withStatus(409).length]).toEqual([1, BUYERS - 1]);
    for (const refusal of withStatus(409)) {
      expect(codeOf(refusal)).toBe('orders.out-of-stock');
      expect(JSON.parse(refusal.text)).toMatchObject({
        lines: [{ productId: last.id, requested: 1, available: 0 }],
      });
    }
  });

  it('has left the shelf once, by the book as well', async () => {
    expect(await fleet.ledger.stockOf(last.id)).toBe(0);
    expect((await fleet.ledger.movements(last.id)).map(({ delta }) => delta)).toEqual([-1]);
  });

  it('is in one order, of which one event tells', async () => {
    const sold = withStatus(201).map(idOf);

    expect((await fleet.ledger.orders()).map(({ id, status }) => [id, status])).toEqual([[sold[0], 'placed']]);
    expect(await fleet.ledger.toldOf(ORDER_PLACED)).toEqual(sold);
  });
});
