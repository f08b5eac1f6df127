import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DocumentedApi } from '../support/documented-api.js';
import { RawConnection } from '../support/raw-connection.js';
import { requestBytes, type RequestToWrite } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { createSampleProduct } from '../support/sample-product.js';
import { adjustment, bodyLike, changes, idAmong, ifMatch, newProduct, query } from './generated.js';

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
