import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { newId } from '#kernel/id';
import { RecordPurchase } from '#modules/recommendations';
import { aCatalogService, type CatalogService } from '../../testing/catalog.service.js';
import { aProduct } from '../../testing/product.builder.js';
import { body, items, StubRecommender } from '../../testing/stub-recommender.js';
import type { Product } from '../../domain/product.js';
import type { ProductState } from '../../domain/product.state.js';
import type { ProductDetailResponse } from './product-detail.response.js';

let catalog: CatalogService;

async function stored(state: Partial<ProductState> = {}): Promise<Product> {
  const product = aProduct(state);
  await catalog.products.add(product);
  return product;
}

async function page({ id }: Pick<Product, 'id'>, headers: Record<string, string> = {}) {
  const response = await catalog.app.inject({ url: `/v1/products/${id}?include=recommendations`, headers });
  return { status: response.statusCode, headers: response.headers, body: response.json<ProductDetailResponse>() };
}

describe('GET /v1/products/{id}?include=recommendations', () => {
  beforeAll(async () => {
    catalog = await aCatalogService();
  });
  afterAll(() => catalog.app.close());

  const boughtTogether = (...products: Product[]) =>
    catalog.app.get(RecordPurchase, { strict: false }).execute(
      newId(),
      products.map(({ id }) => id),
    );

  it('shows the product as without it, and what is bought together with it', async () => {
    const [kettle, filters] = [await stored(), await stored({ name: 'Paper filters', category: 'supplies' })];
    await boughtTogether(kettle, filters);
    const plain = await catalog.app.inject({ url: `/v1/products/${kettle.id}` });

    const shown = await page(kettle);

    expect(shown.status).toBe(200);
    expect(shown.body).toEqual({
      ...plain.json<object>(),
      recommendations: {
        items: [
          {
            id: filters.id,
            sku: filters.sku,
            name: 'Paper filters',
            category: 'supplies',
            price: { amount: 5_490, currency: 'EUR' },
          },
        ],
        source: 'live',
        degraded: false,
      },
    });
  });

  it('is live, and not degraded, where nothing is known', async () => {
    const { body: shown } = await page(await stored());

    expect(shown.recommendations).toEqual({ items: [], source: 'live', degraded: false });
  });

  it('has no tag, and is sent again to a caller that has this version', async () => {
    const product = await stored({ version: 3 });

    const shown = await page(product, { 'if-none-match': '"3", *' });

    expect(shown.status).toBe(200);
    expect(shown.headers.etag).toBeUndefined();
  });

  it('answers 404 to an unknown id', async () => {
    expect(await page({ id: newId() })).toMatchObject({ status: 404, body: { code: 'catalog.product-not-found' } });
  });

  it.each(['include=everything', 'include=', 'include=recommendations&include=recommendations', 'includes=x'])(
    'refuses ?%s',
    async (query) => {
      const response = await catalog.app.inject({ url: `/v1/products/${newId()}?${query}` });

      expect(response.statusCode).toBe(400);
    },
  );
});

describe('the same, with a recommender service', () => {
  let stub: StubRecommender;
  beforeAll(async () => {
    stub = await StubRecommender.listening();
    catalog = await aCatalogService({
      RECOMMENDER_URL: stub.url,
      RECOMMENDER_TIMEOUT_MS: '2000',
      RECOMMENDER_ATTEMPT_TIMEOUT_MS: '1000',
    });
  });
  beforeEach(() => register.resetMetrics());
  afterAll(async () => {
    await catalog.app.close();
    await stub.close();
  });

  const degraded = async (source: string): Promise<number> => {
    const metric = await register.getSingleMetric('degraded_responses_total')?.get();
    return metric?.values.find(({ labels }) => labels['source'] === source)?.value ?? 0;
  };
  const recommendations = async (product: Product) => (await page(product)).body.recommendations;

  it('climbs down and up again: live, stale, live', async () => {
    const [kettle, filters] = [await stored(), await stored()];
    const shown = [{ id: filters.id }];

    stub.answers(items({ productId: filters.id, score: 1 }));
    expect(await recommendations(kettle)).toMatchObject({ items: shown, source: 'live', degraded: false });
    stub.answers(body('{}', 500));
    expect(await recommendations(kettle)).toMatchObject({ items: shown, source: 'stale', degraded: true });
    stub.answers(items({ productId: filters.id, score: 1 }));
    expect(await recommendations(kettle)).toMatchObject({ items: shown, source: 'live', degraded: false });
  });

  it('shows the bestsellers of the category where there was no good answer yet', async () => {
    const [kettle, grinder] = [await stored({ category: 'brewing' }), await stored({ category: 'brewing' })];
    stub.answers(body('<html></html>', 200, { 'content-type': 'text/html' }));

    expect(await recommendations(kettle)).toMatchObject({ items: [{ id: grinder.id }], source: 'popular' });
  });

  it('counts what is degraded, by source, and nothing else', async () => {
    const kettle = await stored({ category: 'alone' });
    stub.answers(items());
    await recommendations(kettle);
    stub.answers(body('null'));
    await recommendations(kettle);
    await recommendations(kettle);

    expect(await degraded('none')).toBe(2);
    expect(await degraded('live')).toBe(0);
  });
});

describe('the end of a service', () => {
  it('hangs up on the recommender', async () => {
    const stub = await StubRecommender.listening();
    stub.answers(items());
    catalog = await aCatalogService({ RECOMMENDER_URL: stub.url, RECOMMENDER_TIMEOUT_MS: '2000' });
    await page(await stored());
    expect(await stub.openConnections()).toBe(1);

    await catalog.app.close();
    await stub.hungUp;

    expect(await stub.openConnections()).toBe(0);
    await stub.close();
  });
});
