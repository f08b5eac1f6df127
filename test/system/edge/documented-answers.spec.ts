import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DocumentedApi } from '../support/documented-api.js';
import { OrderClient } from '../support/order-client.js';
import { RawConnection } from '../support/raw-connection.js';
import { requestBytes, type RequestToWrite } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { createSampleProduct } from '../support/sample-product.js';
import { StoreClient } from '../support/store-client.js';
import { customer } from '../support/tokens.js';
import { adjustment, bodyLike, changes, idAmong, ifMatch, newOrder, newProduct, query } from './generated.js';

/** Set GENERATOR_SEED to repeat a run. */
const SEED = Number(process.env['GENERATOR_SEED'] ?? Date.now() % 2 ** 31);
const RUNS = 300;
const PRODUCTS = 20;

describe(`whatever is sent, the answer is one that /openapi.json declares, and none is a 5xx (seed ${SEED})`, () => {
  let running: RunningStore;
  let api: DocumentedApi;
  let id: fc.Arbitrary<string>;
  beforeAll(async () => {
    running = await runningStore();
    api = await DocumentedApi.of(running.store.url);
    const products = await Promise.all(Array.from({ length: PRODUCTS }, () => createSampleProduct(running.store.url)));
    id = idAmong(products.map((product) => product.id));
  });
  afterAll(() => running.stop());

  /** Sends what is generated, and gives the statuses that came. */
  async function statusesOf(operation: string, requests: fc.Arbitrary<RequestToWrite>): Promise<Set<number>> {
    const statuses = new Set<number>();
    const property = fc.asyncProperty(requests, async (request) => {
      const connection = await RawConnection.to(running.store.url);
      connection.send(requestBytes(request));
      const answer = await connection.answer();
      connection.close();
      statuses.add(answer.status);
      expect(answer.status).toBeLessThan(500);
      api.expectDeclared(operation, answer);
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS });
    return statuses;
  }

  const sent = (...statuses: number[]) => expect.arrayContaining(statuses);

  it('to POST /v1/products', async () => {
    const requests = fc.record({
      method: fc.constant('POST'),
      path: fc.constant('/v1/products'),
      body: bodyLike(newProduct),
    });
    expect([...(await statusesOf('POST /v1/products', requests))]).toEqual(sent(201, 400));
  });

  it('to PATCH /v1/products/{id}', async () => {
    const requests = fc.tuple(id, ifMatch, bodyLike(changes)).map(([product, tag, body]) => ({
      method: 'PATCH',
      path: `/v1/products/${product}`,
      headers: { 'if-match': tag },
      body,
    }));
    expect([...(await statusesOf('PATCH /v1/products/{id}', requests))]).toEqual(sent(200, 400, 404, 412, 428));
  });

  it('to POST /v1/products/{id}/stock-adjustments', async () => {
    const requests = fc
      .tuple(id, bodyLike(adjustment))
      .map(([product, body]) => ({ method: 'POST', path: `/v1/products/${product}/stock-adjustments`, body }));
    const statuses = await statusesOf('POST /v1/products/{id}/stock-adjustments', requests);
    expect([...statuses]).toEqual(sent(200, 400, 404, 409));
  });

  it.each(['activate', 'discontinue'])('to POST /v1/products/{id}/%s', async (verb) => {
    const requests = fc
      .tuple(id, ifMatch, fc.option(fc.json(), { nil: undefined, freq: 1 }))
      .map(([product, tag, body]) => ({
        method: 'POST',
        path: `/v1/products/${product}/${verb}`,
        headers: { 'if-match': tag },
        ...(body !== undefined && { body }),
      }));
    const statuses = await statusesOf(`POST /v1/products/{id}/${verb}`, requests);
    expect([...statuses]).toEqual(sent(200, 400, 404, 409, 412, 428));
  });

  describe('of a customer', () => {
    const headers = { authorization: customer('customer-9') };
    let forSale: readonly string[];
    let orderId: fc.Arbitrary<string>;
    beforeAll(async () => {
      const keeper = new StoreClient(running.store.url);
      const buyer = new OrderClient(running.store.url, 'customer-9');
      const products = await Promise.all([400, 400, 2, 0].map((stock) => keeper.created({ stock })));
      await Promise.all(products.map((product) => keeper.turn(product.id, 'activate')));
      forSale = products.map((product) => product.id);
      const orders = [];
      for (const product of products.slice(0, 2)) orders.push(await buyer.placed([product, 1]));
      orderId = idAmong(orders.map((order) => order.id));
    });

    it('to POST /v1/orders', async () => {
      const requests = bodyLike(newOrder(forSale)).map((body) => ({
        method: 'POST',
        path: '/v1/orders',
        headers,
        body,
      }));
      expect([...(await statusesOf('POST /v1/orders', requests))]).toEqual(sent(201, 400, 409));
    });

    it('to GET /v1/orders', async () => {
      const requests = query.map((text) => ({ path: `/v1/orders?${text}`, headers }));
      expect([...(await statusesOf('GET /v1/orders', requests))]).toEqual(sent(200, 400));
    });

    it('to GET /v1/orders/{id}', async () => {
      const requests = fc
        .tuple(orderId, ifMatch)
        .map(([order, tag]) => ({ path: `/v1/orders/${order}`, headers: { ...headers, 'if-none-match': tag } }));
      expect([...(await statusesOf('GET /v1/orders/{id}', requests))]).toEqual(sent(200, 304, 400, 404));
    });

    it('to POST /v1/orders/{id}/cancel', async () => {
      const requests = fc.tuple(orderId, fc.option(fc.json(), { nil: undefined, freq: 4 })).map(([order, body]) => ({
        method: 'POST',
        path: `/v1/orders/${order}/cancel`,
        headers,
        ...(body !== undefined && { body }),
      }));
      expect([...(await statusesOf('POST /v1/orders/{id}/cancel', requests))]).toEqual(sent(200, 400, 404));
    });
  });

  it('to GET /v1/products', async () => {
    const requests = query.map((text) => ({ path: `/v1/products?${text}` }));
    expect([...(await statusesOf('GET /v1/products', requests))]).toEqual(sent(200, 400));
  });

  it('to GET /v1/products/{id}', async () => {
    const requests = fc
      .tuple(id, ifMatch, fc.oneof(fc.constant(''), query))
      .map(([product, tag, text]) => ({ path: `/v1/products/${product}?${text}`, headers: { 'if-none-match': tag } }));
    expect([...(await statusesOf('GET /v1/products/{id}', requests))]).toEqual(sent(200, 304, 400, 404));
  });
});
