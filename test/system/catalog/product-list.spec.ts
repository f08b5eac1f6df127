import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { StoreProcess } from '../support/store-process.js';
import { StoreClient, type ProductBody } from '../support/store-client.js';

const SORTS: Readonly<Record<string, (product: ProductBody) => string | number>> = {
  name: ({ name }) => name,
  price: ({ price }) => price.amount,
  createdAt: ({ createdAt }) => createdAt,
};

let running: RunningStore;
let shop: StoreClient;
let all: ProductBody[];
beforeAll(async () => {
  running = await runningStore({ seeded: true });
  shop = new StoreClient(running.store.url);
  all = await shop.walk({ limit: 100 });
});
afterAll(() => running.stop());

/** In code units, as the C collation of ASCII names is; ties by id. */
const inOrder = (by: (product: ProductBody) => string | number, products: readonly ProductBody[]): ProductBody[] =>
  products.toSorted((a, b) => compare(by(a), by(b)) || compare(a.id, b.id));
const compare = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

describe('the list of products', () => {
  it('shows the seeded shop: some hundred products in a dozen categories', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(new Set(all.map(({ category }) => category)).size).toBeGreaterThanOrEqual(12);
  });

  it('gives 20 a page, the newest first, unless asked otherwise', async () => {
    const { body } = await shop.page();
    expect(body.items).toHaveLength(20);
    expect(body.items).toEqual(
      inOrder(({ createdAt }) => createdAt, all)
        .toReversed()
        .slice(0, 20),
    );
  });

  it.each(['active', 'draft', 'discontinued'])('by status %s has these and no others', async (status) => {
    const found = await shop.walk({ status, limit: 7 });
    expect(new Set(found.map(({ id }) => id))).toEqual(
      new Set(all.filter((product) => product.status === status).map(({ id }) => id)),
    );
  });

  it('by category and status has what is both', async () => {
    const category = all[0]?.category ?? '';
    const found = await shop.walk({ category, status: 'active', sort: 'name', limit: 3 });
    const expected = all.filter((product) => product.category === category && product.status === 'active');
    expect(found).toEqual(inOrder(({ name }) => name, expected));
  });

  it('by a category that is empty is empty', async () => {
    expect(await shop.page({ category: 'unheard-of' })).toMatchObject({
      status: 200,
      body: { items: [], nextCursor: null },
    });
  });

  it.each(Object.keys(SORTS))(
    'by %s, page by page, is in order and has every product once, both ways',
    async (sort) => {
      const expected = inOrder(SORTS[sort] ?? String, all);
      expect(await shop.walk({ sort, limit: 13 })).toEqual(expected);
      expect(await shop.walk({ sort: `-${sort}`, limit: 13 })).toEqual(expected.toReversed());
    },
  );

  it('ends without a further, empty page when the last one is full', async () => {
    const category = all[0]?.category ?? '';
    const count = all.filter((product) => product.category === category).length;
    const { body } = await shop.page({ category, limit: count });
    expect(body.items).toHaveLength(count);
    expect(body.nextCursor).toBeNull();
  });
});

describe('a cursor', () => {
  const first = { category: 'audio', sort: 'name', limit: 2 };
  const cursorOf = async (query: Record<string, string | number>): Promise<string> =>
    (await shop.page(query)).body.nextCursor ?? '';

  it('goes on under another page size', async () => {
    const cursor = await cursorOf(first);
    const { status, body } = await shop.page({ ...first, limit: 50, cursor });
    const audio = inOrder(
      ({ name }) => name,
      all.filter(({ category }) => category === 'audio'),
    );
    expect(status).toBe(200);
    expect(body.items).toEqual(audio.slice(2));
  });

  it.each([
    ['category', { ...first, category: 'garden' }],
    ['status', { ...first, status: 'active' }],
    ['sort', { ...first, sort: '-name' }],
    ['sort of another kind', { ...first, sort: 'price' }],
    ['list without a filter', { sort: 'name', limit: 2 }],
  ])('of another %s is refused', async (_what, query) => {
    const answer = await shop.page({ ...query, cursor: await cursorOf(first) });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'platform.cursor-invalid', errors: [{ pointer: '#/cursor' }] },
    });
  });

  it('with any of its letters changed is refused', async () => {
    const cursor = await cursorOf(first);
    const other = (letter: string): string => (letter === 'A' ? 'B' : 'A');
    // The last letter of the seal carries four bits that mean nothing: the one before it is the last that counts.
    for (const index of [0, 5, cursor.indexOf('.') - 1, cursor.indexOf('.') + 1, cursor.length - 2]) {
      const forged = cursor.slice(0, index) + other(cursor[index] ?? '') + cursor.slice(index + 1);
      expect((await shop.page({ ...first, cursor: forged })).status).toBe(400);
    }
  });

  it('is good at every replica and after a restart', async () => {
    const cursor = await cursorOf(first);
    const replica = await StoreProcess.start({ databaseUrl: running.databaseUrl });
    const there = new StoreClient((await replica.ready()).url);
    const answers = [await shop.page({ ...first, cursor }), await there.page({ ...first, cursor })];
    await replica.stop();
    expect(answers[1]?.body).toEqual(answers[0]?.body);
  });
});
