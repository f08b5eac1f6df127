import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { describeWith, REDIS_SERVER } from '#platform/testing';
import { readSettledMetrics, sumOf } from '../support/metrics.js';
import { StoreClient, type ProductBody } from '../support/store-client.js';
import { StoreReplicas } from '../support/store-replicas.js';

describeWith(REDIS_SERVER, 'a product that two stores keep in one Redis', () => {
  let replicas: StoreReplicas;
  let product: ProductBody;

  beforeAll(async () => {
    replicas = await StoreReplicas.start(2);
  }, 60_000);
  afterAll(() => replicas.stop());
  beforeEach(async () => {
    const { id } = await at(0).created({ stock: 17 });
    product = (await at(0).turn(id, 'activate')).body;
  });
  afterEach(() => {
    for (const { logs } of replicas.stores)
      expect(logs.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  });

  const at = (store: 0 | 1): StoreClient => new StoreClient(replicas.stores[store]?.url ?? '');

  /** What both stores together have asked the database for a single product, and how reads through the cache went. */
  async function counts() {
    const metrics = (await Promise.all(replicas.stores.map((store) => readSettledMetrics(store.managementUrl)))).flat();
    return {
      loads: sumOf(metrics, 'dependency_request_duration_seconds_count', { operation: 'catalog.find-product' }),
      hits: sumOf(metrics, 'cache_requests_total', { cache: 'catalog.products', result: 'hit' }),
      misses: sumOf(metrics, 'cache_requests_total', { cache: 'catalog.products', result: 'miss' }),
    };
  }

  it('is read from the database once, whichever store is asked, and however often', async () => {
    const before = await counts();
    await at(0).product(product.id);
    await at(1).product(product.id); // waits until it is kept, where that is still under way
    const kept = await counts();
    for (let n = 0; n < 10; n += 1) {
      expect(await at(n % 2 ? 0 : 1).product(product.id)).toMatchObject({ status: 200, body: product });
    }
    const after = await counts();

    expect(kept.loads - before.loads).toBe(1);
    expect(after).toEqual({ ...kept, hits: kept.hits + 10 });
  });

  it('also where it is read for its page, or by who has it already', async () => {
    await at(0).product(product.id);
    const before = await counts();
    expect((await at(1).get(`/v1/products/${product.id}?include=recommendations`)).status).toBe(200);
    expect((await at(1).product(product.id, { 'if-none-match': `"${product.version}"` })).status).toBe(304);

    expect((await counts()).loads).toBe(before.loads);
  });

  it('is shown by the other store as it is after a change, at once', async () => {
    for (let version = product.version; version < product.version + 10; version += 1) {
      await at(1).product(product.id);
      const changed = await at(0).change(product.id, `"${version}"`, { name: `At version ${version + 1}` });
      expect(changed.status).toBe(200);

      expect(await at(1).product(product.id)).toMatchObject({ body: changed.body });
    }
  });

  it('is shown with the stock that an adjustment left, at once', async () => {
    await at(1).product(product.id);
    await at(0).adjust(product.id, -5);

    expect((await at(1).product(product.id)).body.stock).toBe(12);
  });

  it('is nowhere for who asks before it is there, and there for who asks after', async () => {
    const unknown = crypto.randomUUID();
    for (const store of [0, 1] as const) expect((await at(store).product(unknown)).status).toBe(404);
    const before = await counts();
    expect((await at(1).product(unknown)).status).toBe(404);

    expect((await counts()).loads).toBe(before.loads);
  });

  it('may be kept by caches on the way, which ask before each use; its page may not', async () => {
    const [first, second] = [
      await at(0).product(product.id),
      await at(0).product(product.id, { 'if-none-match': '*' }),
    ];
    const page = await at(0).get(`/v1/products/${product.id}?include=recommendations`);

    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    expect([second.status, second.headers.get('cache-control')]).toEqual([304, 'public, no-cache']);
    expect(page.headers.get('cache-control')).toBe('no-store');
  });
});
