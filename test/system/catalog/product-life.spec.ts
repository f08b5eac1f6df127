import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { aNewProduct, StoreClient } from '../support/store-client.js';

const NOBODY = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';

let running: RunningStore;
let shop: StoreClient;
beforeAll(async () => {
  running = await runningStore();
  shop = new StoreClient(running.store.url);
});
afterAll(() => running.stop());

describe('a product that is created', () => {
  it('is a draft at version 1, as it was asked for, and found where Location says', async () => {
    const asked = aNewProduct();
    const answer = await shop.post('/v1/products', asked);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      ...asked,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'draft',
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: expect.any(String),
    });
    const location = answer.headers.get('location') ?? '';
    const found = await shop.get(location);
    expect(location).toMatch(/^\/v1\/products\/[0-9a-f-]{36}$/);
    expect(found.body).toEqual(answer.body);
    expect([answer.headers.get('etag'), found.headers.get('etag')]).toEqual(['"1"', '"1"']);
  });

  it('has an empty description when none is given', async () => {
    const { description: _left, ...asked } = aNewProduct();
    expect((await shop.post('/v1/products', asked)).body).toMatchObject({ description: '' });
  });

  it('keeps every letter of its texts', async () => {
    const name = ' Käse‑Glocke “groß” \u202e\u0301 👩‍👩‍👧 ';
    const { id } = await shop.created({ name });
    expect((await shop.product(id)).body.name).toBe(name);
  });

  it('takes the longest texts that the document allows, in code points', async () => {
    const { id } = await shop.created({ name: '𝒳'.repeat(200), description: '😀'.repeat(2000), sku: 'K'.repeat(40) });
    expect((await shop.product(id)).body).toMatchObject({ name: '𝒳'.repeat(200), description: '😀'.repeat(2000) });
  });

  it('is refused when another one has its SKU', async () => {
    const { sku } = await shop.created();
    expect(await shop.create({ sku })).toMatchObject({ status: 409, body: { code: 'catalog.sku-taken' } });
  });

  it('is created once when fifty ask for the same SKU at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => shop.create({ sku: 'ONLY-ONE' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
  });
});

describe('a change', () => {
  it('changes what it names, leaves the rest, and gives the next version', async () => {
    const before = await shop.created();
    const changed = { name: 'Gooseneck kettle', price: { amount: 6990, currency: 'USD' } };
    const answer = await shop.change(before.id, '"1"', changed);
    expect(answer).toMatchObject({
      status: 200,
      body: { ...before, ...changed, version: 2, updatedAt: expect.any(String) },
    });
    expect(answer.headers.get('etag')).toBe('"2"');
    expect((await shop.product(before.id)).body).toEqual(answer.body);
  });

  it.each([
    ['of another version', '"2"'],
    ['that is weak', 'W/"1"'],
    ['that is none of ours', '"abc"'],
    ['of a version that no column holds', '"9999999999"'],
  ])('under a tag %s is refused, with the current version', async (_which, tag) => {
    const { id } = await shop.created();
    const answer = await shop.change(id, tag, { name: 'Lost' });
    expect(answer).toMatchObject({ status: 412, body: { code: 'catalog.product-changed', currentVersion: 1 } });
    expect((await shop.product(id)).body).toMatchObject({ name: 'Pour-over kettle', version: 1 });
  });

  it.each(['*', '"7", "1"', '"1"'])('under %s is made', async (tag) => {
    const { id } = await shop.created();
    expect(await shop.change(id, tag, { name: 'Made' })).toMatchObject({ status: 200, body: { name: 'Made' } });
  });
});

describe('the life of a product', () => {
  it('goes from draft to active to discontinued, a version each', async () => {
    const { id } = await shop.created();
    expect(await shop.turn(id, 'activate', '"1"')).toMatchObject({
      status: 200,
      body: { status: 'active', version: 2 },
    });
    const end = await shop.turn(id, 'discontinue', '"2"');
    expect(end).toMatchObject({ status: 200, body: { status: 'discontinued', version: 3 } });
    expect(end.headers.get('etag')).toBe('"3"');
  });

  it('does not begin without a price', async () => {
    const { id } = await shop.created({ price: { amount: 0, currency: 'EUR' } });
    expect(await shop.turn(id, 'activate')).toMatchObject({ status: 409, body: { code: 'catalog.price-required' } });
  });

  it('does not begin twice', async () => {
    const { id } = await shop.created();
    await shop.turn(id, 'activate');
    const again = await shop.turn(id, 'activate');
    expect(again).toMatchObject({ status: 409, body: { code: 'catalog.product-already-active' } });
  });

  it('keeps its price while it is active', async () => {
    const { id } = await shop.created();
    await shop.turn(id, 'activate');
    const free = await shop.change(id, '*', { price: { amount: 0, currency: 'EUR' } });
    expect(free).toMatchObject({ status: 409, body: { code: 'catalog.price-required' } });
  });

  it('is over when it is discontinued: nothing changes any more', async () => {
    const { id } = await shop.created();
    const { body } = await shop.turn(id, 'discontinue');
    const attempts = [
      await shop.change(id, '*', { name: 'Back again' }),
      await shop.turn(id, 'activate'),
      await shop.turn(id, 'discontinue'),
      await shop.adjust(id, 1),
    ];
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ status: 409, body: { code: 'catalog.product-discontinued' } });
    }
    expect((await shop.product(id)).body).toEqual(body);
  });
});

it('a product that is not there is not found, whatever is asked of it', async () => {
  const attempts = [
    await shop.product(NOBODY),
    await shop.change(NOBODY, '*', { name: 'Nobody' }),
    await shop.turn(NOBODY, 'activate'),
    await shop.turn(NOBODY, 'discontinue'),
    await shop.adjust(NOBODY, 1),
  ];
  for (const attempt of attempts) {
    expect(attempt).toMatchObject({ status: 404, body: { code: 'catalog.product-not-found' } });
  }
});
