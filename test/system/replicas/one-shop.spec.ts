import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Answer } from '../support/api.js';
import { OrderClient } from '../support/order-client.js';
import { behindEach, Replicas } from '../support/replicas/index.js';
import { aNewProduct, StoreClient, type ProductBody } from '../support/store-client.js';

/** Enough of one after the other for each replica to get its turn. */
const TIMES = 9;
const ALL = new Set([1, 2, 3]);

behindEach('three replicas are one shop', (kind) => {
  let replicas: Replicas;
  let shop: StoreClient;
  beforeAll(async () => {
    replicas = await Replicas.behind(kind, { seeded: true });
    shop = new StoreClient(replicas.url);
  });
  afterAll(() => replicas.close());

  const repeated = async <Given>(ask: (turn: number) => Promise<Given>): Promise<Given[]> => {
    const given: Given[] = [];
    while (given.length < TIMES) given.push(await ask(given.length));
    return given;
  };
  const statusesOf = (answers: readonly Answer[]): ReadonlySet<number> => new Set(answers.map(({ status }) => status));

  it('where an order that one has taken is known to all at once, to its customer alone', async () => {
    const { id } = await shop.created({ stock: 9 });
    await shop.turn(id, 'activate');
    const [buyer, stranger] = [new OrderClient(replicas.url, 'ada'), new OrderClient(replicas.url, 'eve')];
    const order = await buyer.placed([{ id }, 2]);
    const found = await repeated(() => buyer.order(order.id));
    const foreign = await repeated(() => stranger.order(order.id));

    expect(found.map(({ body }) => body)).toEqual(found.map(() => order));
    expect(await replicas.servedBy(found)).toEqual(ALL);
    expect(statusesOf(foreign)).toEqual(new Set([404]));
  });

  it('where a list that one has begun is continued by the others', async () => {
    const pages: Answer[] = [];
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await shop.page({ status: 'active', sort: 'name', limit: 10, ...(cursor && { cursor }) });
      pages.push(answer);
      seen.push(...answer.body.items.map(({ id }) => id));
      cursor = answer.body.nextCursor;
    }

    expect(statusesOf(pages)).toEqual(new Set([200]));
    expect(await replicas.servedBy(pages)).toEqual(ALL);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('where a request that one has carried out is not carried out by another, which answers in the same words', async () => {
    const [key, asked] = [{ 'idempotency-key': randomUUID() }, aNewProduct()];
    const answers = await repeated(() => shop.post<ProductBody>('/v1/products', asked, key));
    const [first] = answers;

    expect(statusesOf(answers)).toEqual(new Set([201]));
    expect(await replicas.servedBy(answers)).toEqual(ALL);
    for (const { body, headers } of answers) {
      expect(body).toEqual(first?.body);
      for (const name of ['location', 'etag']) expect(headers.get(name)).toBe(first?.headers.get(name));
    }
  });

  it('where the tag that one gave is good for a change by another, and an old one for none', async () => {
    const { id } = await shop.created();
    let tag = '"1"';
    const changes = await repeated(async (turn) => {
      const changed = await shop.change(id, tag, { name: `Kettle ${turn}` });
      tag = changed.headers.get('etag') ?? '';
      return changed;
    });
    const late = await repeated(() => shop.change(id, '"1"', { name: 'Late' }));
    const unchanged = await repeated(() => shop.product(id, { 'if-none-match': tag }));

    expect(statusesOf(changes)).toEqual(new Set([200]));
    expect(statusesOf(late)).toEqual(new Set([412]));
    expect(statusesOf(unchanged)).toEqual(new Set([304]));
    for (const answers of [changes, late, unchanged]) expect(await replicas.servedBy(answers)).toEqual(ALL);
  });

  it('where each takes the tokens of the issuer, and none those of anybody else', async () => {
    const strangers = await repeated(() => shop.post('/v1/products', aNewProduct(), { authorization: 'Bearer x.y.z' }));
    const keepers = await repeated(() => shop.create());

    expect(statusesOf(strangers)).toEqual(new Set([401]));
    expect(statusesOf(keepers)).toEqual(new Set([201]));
    for (const answers of [strangers, keepers]) expect(await replicas.servedBy(answers)).toEqual(ALL);
  });
});
