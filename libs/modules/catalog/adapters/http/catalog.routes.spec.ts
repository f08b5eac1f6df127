import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { aCatalogService, type CatalogService } from '../../testing/catalog.service.js';
import { aProduct } from '../../testing/product.builder.js';
import type { Product } from '../../domain/product.js';
import type { ProductState } from '../../domain/product.state.js';
import type { ProductPageResponse } from './product-page.response.js';

let catalog: CatalogService;
beforeAll(async () => {
  catalog = await aCatalogService();
});
afterAll(() => catalog.app.close());

type Method = 'GET' | 'POST' | 'PATCH';

const send = (method: Method, url: string, payload?: object, headers: Record<string, string> = {}) =>
  catalog.app.inject({
    method,
    url,
    headers: {
      authorization: catalog.authorization,
      ...(method === 'POST' && { 'idempotency-key': newId() }),
      ...headers,
    },
    ...(payload && { payload }),
  });

async function stored(state: Partial<ProductState> = {}): Promise<Product> {
  const product = aProduct(state);
  await catalog.products.add(product);
  return product;
}

/** The product of the builder, as the wire shows it. */
const onTheWire = (product: Product) => ({
  id: product.id,
  sku: product.sku,
  name: 'Pour-over kettle',
  description: 'Pours where you point it.',
  category: product.category,
  price: { amount: 5_490, currency: 'EUR' },
  stock: 17,
  status: product.status,
  version: product.version,
  createdAt: '2026-01-15T08:30:00.123Z',
  updatedAt: '2026-02-20T17:45:59.987Z',
});

describe('GET /v1/products/{id}', () => {
  it('shows the product, tagged with its version', async () => {
    const product = await stored({ version: 3 });

    const response = await send('GET', `/v1/products/${product.id}`);

    expect(response.statusCode).toBe(200);
    expect(response.headers.etag).toBe('"3"');
    expect(response.json()).toEqual(onTheWire(product));
  });

  it('takes an id in capitals', async () => {
    const product = await stored();

    expect((await send('GET', `/v1/products/${product.id.toUpperCase()}`)).statusCode).toBe(200);
  });

  it('sends nothing again to a caller that has this version', async () => {
    const product = await stored({ version: 3 });

    const response = await send('GET', `/v1/products/${product.id}`, undefined, { 'if-none-match': '"3"' });

    expect(response.statusCode).toBe(304);
    expect(response.headers.etag).toBe('"3"');
    expect(response.body).toBe('');
  });

  it('answers 404 to an unknown id, and 400 to what is none', async () => {
    const unknown = await send('GET', `/v1/products/${newId()}`);
    const none = await send('GET', '/v1/products/kettle');

    expect(unknown).toMatchObject({ statusCode: 404 });
    expect(unknown.json()).toMatchObject({ code: 'catalog.product-not-found' });
    expect(none).toMatchObject({ statusCode: 400 });
    expect(none.json()).toMatchObject({ code: 'platform.validation-failed', errors: [{ pointer: '#/id' }] });
  });
});

describe('GET /v1/products', () => {
  const list = async (query: string) => {
    const response = await send('GET', `/v1/products?${query}`);
    return { status: response.statusCode, body: response.json<ProductPageResponse>() };
  };

  it('walks a category from page to page', async () => {
    for (const name of ['a', 'b', 'c']) await stored({ name, category: 'walked' });

    const first = await list('category=walked&sort=-name&limit=2');
    const second = await list(`category=walked&sort=-name&limit=2&cursor=${first.body.nextCursor}`);

    expect(first.body.items.map(({ name }) => name)).toEqual(['c', 'b']);
    expect(second.body.items.map(({ name }) => name)).toEqual(['a']);
    expect(second.body.nextCursor).toBeNull();
  });

  it('shows drafts when asked for them, products as they are', async () => {
    const draft = await stored({ status: 'draft', category: 'drafted' });
    await stored({ status: 'active', category: 'drafted' });

    const { body } = await list('category=drafted&status=draft');

    expect(body).toEqual({ items: [onTheWire(draft)], nextCursor: null });
  });

  it('gives twenty to a page, the newest first, unless asked otherwise', async () => {
    for (let day = 1; day <= 21; day += 1) {
      await stored({ category: 'dated', name: String(day), createdAt: new Date(Date.UTC(2026, 0, day)) });
    }

    const { body } = await list('category=dated');

    expect(body.items).toHaveLength(20);
    expect(body.items[0]?.name).toBe('21');
  });

  it.each([
    ['another filter', 'category=other&limit=1'],
    ['another sort', 'category=bound&limit=1&sort=name'],
  ])('refuses a cursor that was made for %s', async (_other, query) => {
    for (const name of ['a', 'b']) await stored({ name, category: 'bound' });
    const { body } = await list('category=bound&limit=1');

    const foreign = await list(`${query}&cursor=${body.nextCursor}`);

    expect(foreign).toMatchObject({ status: 400, body: { code: 'platform.cursor-invalid' } });
  });

  it.each([
    ['sort=stock', '#/sort'],
    ['status=sold', '#/status'],
    ['limit=0', '#/limit'],
    ['limit=101', '#/limit'],
    ['limit=1e1', '#/limit'],
    ['category=No%20slug', '#/category'],
    ['colour=red', '#/colour'],
  ])('refuses %s', async (query, pointer) => {
    expect(await list(query)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});

describe('POST /v1/products', () => {
  const { name, description, category, price, stock } = aProduct();
  const aRequest = (sku: string) => ({ sku, name, description, category, price, stock });

  it('creates a draft, and says where it is', async () => {
    const response = await send('POST', '/v1/products', aRequest('NEW-1'));

    expect(response.statusCode).toBe(201);
    const created = response.json<{ id: string }>();
    expect(created).toMatchObject({ ...aRequest('NEW-1'), status: 'draft', version: 1 });
    expect(response.headers).toMatchObject({ location: `/v1/products/${created.id}`, etag: '"1"' });
    expect((await send('GET', `/v1/products/${created.id}`)).json()).toEqual(created);
  });

  it('needs no description', async () => {
    const { description: _, ...request } = aRequest('NEW-2');

    expect((await send('POST', '/v1/products', request)).json()).toMatchObject({ description: '' });
  });

  it('answers 409 to a SKU that is taken', async () => {
    await stored({ sku: 'TAKEN-1' });

    const response = await send('POST', '/v1/products', aRequest('TAKEN-1'));

    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({ code: 'catalog.sku-taken' });
  });

  it.each([
    [{ sku: 'two words' }, '#/sku'],
    [{ name: '' }, '#/name'],
    [{ description: null }, '#/description'],
    [{ category: 'Coffee & tea' }, '#/category'],
    [{ price: { amount: 0.5, currency: 'EUR' } }, '#/price/amount'],
    [{ price: { amount: 1, currency: 'eur' } }, '#/price/currency'],
    [{ price: [] }, '#/price'],
    [{ stock: '17' }, '#/stock'],
    [{ stock: 1_000_001 }, '#/stock'],
    [{ status: 'active' }, '#/status'],
  ])('refuses %j', async (fault, pointer) => {
    const response = await send('POST', '/v1/products', { ...aRequest('NEVER-1'), ...fault });

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ pointer }] });
  });
});

describe('PATCH /v1/products/{id}', () => {
  it('changes what is named, and gives the next tag', async () => {
    const product = await stored({ version: 3 });

    const response = await send('PATCH', `/v1/products/${product.id}`, { name: 'New' }, { 'if-match': '"3"' });

    expect(response.statusCode).toBe(200);
    expect(response.headers.etag).toBe('"4"');
    expect(response.json()).toEqual({ ...onTheWire(product), name: 'New', version: 4, updatedAt: expect.any(String) });
  });

  it.each([
    ['the tag of an older version', '"2"', 412, 'catalog.product-changed'],
    ['a tag of nobody', '"kettle"', 412, 'catalog.product-changed'],
    ['no tag', undefined, 428, 'platform.precondition-required'],
    ['a tag without quotes', '3', 400, 'platform.malformed-request'],
  ])('refuses %s', async (_tag, ifMatch, status, code) => {
    const product = await stored({ version: 3 });

    const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch };
    const response = await send('PATCH', `/v1/products/${product.id}`, { name: 'New' }, headers);

    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ code });
    expect(await catalog.products.find(product.id)).toEqual(product);
  });

  it('tells whoever comes too late which version is current', async () => {
    const product = await stored({ version: 3 });

    const response = await send('PATCH', `/v1/products/${product.id}`, { name: 'New' }, { 'if-match': '"1", "2"' });

    expect(response.json()).toMatchObject({ currentVersion: 3 });
  });

  it.each([
    [{}, '#'],
    [{ name: null }, '#/name'],
    [{ price: null }, '#/price'],
    [{ price: { amount: 1 } }, '#/price/currency'],
    [{ sku: 'OTHER-1' }, '#/sku'],
    [{ stock: 1 }, '#/stock'],
  ])('refuses %j', async (body, pointer) => {
    const product = await stored();

    const response = await send('PATCH', `/v1/products/${product.id}`, body, { 'if-match': '*' });

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ pointer }] });
  });
});

describe('the life of a product', () => {
  it('goes from draft to active to discontinued, a tag at a time', async () => {
    const product = await stored({ status: 'draft', version: 1 });

    const active = await send('POST', `/v1/products/${product.id}/activate`, undefined, { 'if-match': '"1"' });
    const gone = await send('POST', `/v1/products/${product.id}/discontinue`, undefined, { 'if-match': '"2"' });
    const late = await send('POST', `/v1/products/${product.id}/activate`, undefined, { 'if-match': '"3"' });

    expect(active).toMatchObject({ statusCode: 200, headers: { etag: '"2"' } });
    expect(active.json()).toMatchObject({ status: 'active' });
    expect(gone).toMatchObject({ statusCode: 200, headers: { etag: '"3"' } });
    expect(gone.json()).toMatchObject({ status: 'discontinued' });
    expect(late.statusCode).toBe(409);
    expect(late.json()).toMatchObject({ code: 'catalog.product-discontinued' });
  });
});

describe('POST /v1/products/{id}/stock-adjustments', () => {
  const adjust = async (product: Product, body: object) => {
    const response = await send('POST', `/v1/products/${product.id}/stock-adjustments`, body);
    return { status: response.statusCode, etag: response.headers.etag, body: response.json<object>() };
  };

  it('moves the stock without asking for a version', async () => {
    const product = await stored({ stock: 17, version: 3 });

    const adjusted = await adjust(product, { delta: -2, reason: 'Broken' });

    expect(adjusted).toMatchObject({ status: 200, etag: '"4"', body: { stock: 15, version: 4 } });
  });

  it('answers 409 below zero, and says how many there are', async () => {
    const product = await stored({ stock: 2 });

    const refused = await adjust(product, { delta: -3, reason: 'Broken' });

    expect(refused).toMatchObject({ status: 409, body: { code: 'catalog.insufficient-stock', available: 2 } });
  });

  it.each([
    [{ delta: 0, reason: 'x' }, '#/delta'],
    [{ delta: 1_000_001, reason: 'x' }, '#/delta'],
    [{ delta: 1, reason: '' }, '#/reason'],
    [{ delta: 1 }, '#/reason'],
  ])('refuses %j', async (body, pointer) => {
    expect(await adjust(await stored(), body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});
