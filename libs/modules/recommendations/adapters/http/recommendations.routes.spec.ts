import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { aRecommenderService, type RecommenderService } from '../../testing/recommender.service.js';

const [kettle, filters, grinder] = [newId(), newId(), newId()];
const crowd = newId();

let service: RecommenderService;
beforeAll(async () => {
  service = await aRecommenderService({ RATE_LIMIT_MAX: '3' });
  await service.record.execute(newId(), [kettle, filters, grinder]);
  await service.record.execute(newId(), [kettle, filters]);
  await service.record.execute(newId(), [crowd, ...Array.from({ length: 30 }, () => newId())]);
});
afterAll(() => service.app.close());

const ask = (id: string, query = '') =>
  service.app.inject({ url: `/v1/products/${id}/recommendations${query}`, remoteAddress: '192.0.2.1' });
const itemsOf = async (id: string, query = ''): Promise<unknown[]> =>
  (await ask(id, query)).json<{ items: unknown[] }>().items;

describe('GET /v1/products/{id}/recommendations', () => {
  it('gives what goes with the product, the best first, and nothing else', async () => {
    const response = await ask(kettle);

    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual({
      items: [
        { productId: filters, score: 1 },
        { productId: grinder, score: 0.5 },
      ],
    });
  });

  it('knows nothing of a product that nobody bought, which is no error: it has no catalog', async () => {
    const response = await ask(newId());

    expect({ status: response.statusCode, body: response.json<unknown>() }).toEqual({
      status: 200,
      body: { items: [] },
    });
  });

  it('takes an id in capitals', async () => {
    expect(await itemsOf(kettle.toUpperCase())).toHaveLength(2);
  });

  it.each([
    ['', 10],
    ['?limit=1', 1],
    ['?limit=20', 20],
  ])('gives as many as are asked for: %j', async (query, length) => {
    expect(await itemsOf(crowd, query)).toHaveLength(length);
  });

  it.each(['0', '21', '-1', '1.5', 'many', '', '1e1', '1&limit=2'])('refuses limit=%s', async (limit) => {
    const response = await ask(kettle, `?limit=${limit}`);

    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toMatchObject({
      code: 'platform.validation-failed',
      errors: [{ pointer: '#/limit', detail: expect.any(String) }],
    });
  });

  it('refuses a query field that it does not know', async () => {
    const response = await ask(kettle, '?limit=1&category=tea');

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ pointer: '#/category' }] });
  });

  it.each(['7', 'kettle', `${kettle}x`, '%00'])('refuses the id %s', async (id) => {
    const response = await ask(id);

    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('takes one method', async () => {
    const response = await service.app.inject({ method: 'POST', url: `/v1/products/${kettle}/recommendations` });

    expect({ status: response.statusCode, allow: response.headers['allow'] }).toEqual({
      status: 405,
      allow: 'GET, HEAD',
    });
  });

  it('is not limited: all questions come from a few addresses, those of the store', async () => {
    for (let n = 0; n < 10; n += 1) expect((await ask(kettle)).statusCode).toBe(200);

    expect((await ask(kettle)).headers).not.toHaveProperty('ratelimit');
  });
});
