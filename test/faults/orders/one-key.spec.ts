import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RowLock } from '../../system/support/row-lock.js';
import type { ProductBody } from '../../system/support/store-client.js';
import { CROWDED, Fleet } from './support/fleet.js';
import { ORDER_PLACED } from './support/ledger.js';
import { codeOf, idOf, Till, type Purchase, type TillAnswer } from './support/till.js';

const STORES = 3;
const REPETITIONS = 50;
const STOCK = 1_000;
const QUANTITY = 2;
/** Races are lost in some rounds and won in others. */
const ROUNDS = 6;

describe(`one key that comes ${REPETITIONS} times to ${STORES} stores at once`, () => {
  const till = new Till(Math.ceil(REPETITIONS / STORES));
  let fleet: Fleet;
  let product: ProductBody;

  beforeAll(async () => {
    fleet = await Fleet.of({ size: STORES, env: CROWDED });
  }, 60_000);
  beforeEach(async () => {
    product = await fleet.onSale({ stock: STOCK });
  });
  afterAll(async () => {
    await till.close();
    await fleet.end();
  });

  const purchase = (): Purchase => ({
    sub: `buyer-${randomUUID()}`,
    key: randomUUID(),
    lines: [{ productId: product.id, quantity: QUANTITY }],
  });

  const repeated = (wanted: Purchase): Promise<TillAnswer>[] =>
    Array.from({ length: REPETITIONS }, (_, n) => till.place(fleet.store(n).url, wanted));

  const isRefusal = ({ status }: TillAnswer): boolean => status === 409;

  /** All that is no refusal is one and the same answer, byte for byte, and every store gives it from now on. */
  async function expectOne(wanted: Purchase, answers: readonly TillAnswer[]): Promise<TillAnswer> {
    const [original, ...others] = answers.filter((answer) => !isRefusal(answer));
    if (!original) throw new Error('Nobody was answered.');
    expect(original).toMatchObject({ status: 201, location: `/v1/orders/${idOf(original)}`, etag: '"1"' });
    for (const other of others) expect(other).toEqual(original);
    for (const refusal of answers.filter(isRefusal)) {
      expect([codeOf(refusal), refusal.retryAfter]).toEqual([
        'platform.idempotency-key-in-use',
        expect.stringMatching(/^[1-9]\d?$/),
      ]);
    }
    for (const { url } of fleet.alive) expect(await till.place(url, wanted)).toEqual(original);
    return original;
  }

  async function expectSoldOnce(wanted: Purchase, original: TillAnswer): Promise<void> {
    const orders = (await fleet.ledger.orders()).filter(({ customerId }) => customerId === wanted.sub);
    expect(orders.map(({ id }) => id)).toEqual([idOf(original)]);
    expect((await fleet.ledger.toldOf(ORDER_PLACED)).filter((id) => id === idOf(original))).toHaveLength(1);
    expect(await fleet.ledger.movements(product.id)).toMatchObject([{ delta: -QUANTITY }]);
    expect(await fleet.ledger.stockOf(product.id)).toBe(STOCK - QUANTITY);
  }

  it('while the first is at work, is refused to all others until that one is done', async () => {
    const lock = await RowLock.on(fleet.adminUrl, product.id);
    const wanted = purchase();

    const answers = repeated(wanted);
    const refused = await firstOf(answers, REPETITIONS - 1).finally(() => lock.release());
    const all = await Promise.all(answers);

    expect(refused.every(isRefusal)).toBe(true);
    await expectSoldOnce(wanted, await expectOne(wanted, all));
  });

  it(`is carried out once in each of ${ROUNDS} races, and answered alike`, async () => {
    const counts: Record<number, number> = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      product = await fleet.onSale({ stock: STOCK });
      const wanted = purchase();
      const answers = await Promise.all(repeated(wanted));
      await expectSoldOnce(wanted, await expectOne(wanted, answers));
      for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
    }
    process.stdout.write(`${JSON.stringify({ rounds: ROUNDS, answers: counts })}\n`);
  });
});

/** The first so many answers, in the order in which they come. */
function firstOf(answers: readonly Promise<TillAnswer>[], count: number): Promise<readonly TillAnswer[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly TillAnswer[]>();
  const came: TillAnswer[] = [];
  for (const answer of answers) {
    answer.then((one) => {
      came.push(one);
      if (came.length === count) resolve([...came]);
    }, reject);
  }
  return promise;
}
