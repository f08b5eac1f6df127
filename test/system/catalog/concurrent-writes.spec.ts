import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/api.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { StoreClient } from '../support/store-client.js';
import { UNSHED } from '../support/unshed.js';

const RACES = 100;

describe('writers at the same time', () => {
  let running: RunningStore;
  let shop: StoreClient;
  beforeAll(async () => {
    running = await runningStore({ env: UNSHED });
    shop = new StoreClient(running.store.url);
  });
  afterAll(() => running.stop());

  it(`of two changes under one tag exactly one is made, ${RACES} times over`, async () => {
    let { id, version } = await shop.created();
    for (let race = 0; race < RACES; race += 1) {
      const names = [`Left of ${race}`, `Right of ${race}`];
      const answers = await Promise.all(names.map((name) => shop.change(id, `"${version}"`, { name })));
      expect(inOrder(answers)).toEqual([200, 412]);

      const winner = answers.findIndex(({ status }) => status === 200);
      const after = (await shop.product(id)).body;
      expect(after).toMatchObject({ name: names[winner], version: version + 1 });
      ({ id, version } = after);
    }
  });

  it('of a change and the end of the product under one tag exactly one is made', async () => {
    for (let race = 0; race < 20; race += 1) {
      const { id } = await shop.created();
      const answers = await Promise.all([
        shop.change(id, '"1"', { name: 'Alive' }),
        shop.turn(id, 'discontinue', '"1"'),
      ]);
      expect(inOrder(answers)).toEqual([200, 412]);
    }
  });

  it('fifty take one of ten pieces: ten get one, forty hear that none is left, and the stock is 0', async () => {
    const { id } = await shop.created({ stock: 10 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => shop.adjust(id, -1)));
    const taken = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 409);

    expect([taken.length, refused.length]).toEqual([10, 40]);
    expect(taken.map(({ body }) => body.stock).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { body } of refused) expect(body).toMatchObject({ code: 'catalog.insufficient-stock', available: 0 });
    expect((await shop.product(id)).body).toMatchObject({ stock: 0, version: 11 });
  });

  it('what comes and what goes at once adds up', async () => {
    const { id } = await shop.created({ stock: 100 });
    const deltas = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 3 : -2));
    const answers = await Promise.all(deltas.map((delta) => shop.adjust(id, delta)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect((await shop.product(id)).body).toMatchObject({ stock: 130, version: 61 });
  });
});

const inOrder = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status).sort((a, b) => a - b);
