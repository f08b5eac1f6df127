import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { newRequestContext, runInRequest } from '#platform/context';
import { ClientDisconnected, Deadline } from '#platform/deadline';
import { DependencyFailure, DependencyTimeout, DependencyUnavailable } from '#platform/resilience';
import { anHttpRecommender } from '../../testing/http.recommender.js';
import { productRecommenderContract } from '../../testing/product.recommender.contract.js';
import { aRecommendationsService, type RecommendationsService } from '../../testing/recommendations.service.js';
import { blackHole, body, brokenOff, dribble, flood, items, StubRecommender } from '../../testing/stub-recommender.js';
import { BODY_BYTES_MAX, type HttpProductRecommender } from './http-product.recommender.js';

const HURRIED = { RECOMMENDER_TIMEOUT_MS: '120', RECOMMENDER_ATTEMPT_TIMEOUT_MS: '60' };
const unheard = new AbortController();

let stub: StubRecommender;
let made: HttpProductRecommender[];
beforeEach(async () => {
  stub = await StubRecommender.listening();
  made = [];
});
afterEach(async () => {
  await Promise.all(made.map((recommender) => recommender.onApplicationShutdown()));
  await stub.close();
});

function recommender(env: Record<string, string> = {}, url = stub.url): HttpProductRecommender {
  const one = anHttpRecommender(url, env);
  made.push(one);
  return one;
}

/** A retry is paid for by ten calls: see the retry budget of #platform/resilience. */
async function recommenderWithRetries(): Promise<HttpProductRecommender> {
  const one = recommender();
  stub.answers(items());
  for (let n = 0; n < 10; n += 1) await one.recommend(newId(), 5, unheard);
  return one;
}

const ask = (env: Record<string, string> = {}) => recommender(env).recommend(newId(), 5, unheard);

describe('HttpProductRecommender', () => {
  let service: RecommendationsService;
  afterEach(() => service.close());

  describe('with a stub that answers as the contract of the recommender has it', () => {
    productRecommenderContract(async () => {
      service = await aRecommendationsService();
      const { queries, learn } = service;
      stub.answers((response, request) => {
        const [, id = '', limit] =
          /^\/v1\/products\/([^/]+)\/recommendations\?limit=(\d+)$/.exec(request.url ?? '') ?? [];
        void queries.forProduct(id, Number(limit)).then((found) => items(...found)(response, request));
      });
      return { recommender: recommender(), learn };
    });
  });

  describe('with the recommender itself', () => {
    productRecommenderContract(async () => {
      service = await aRecommendationsService();
      return { recommender: recommender({}, await service.listen()), learn: service.learn };
    });
  });
});

describe('a question over HTTP', () => {
  it.each(['/shop', '/shop/', '/shop//'])(
    'names the product and how many are wanted, below the path %s',
    async (path) => {
      stub.answers(items());
      const productId = newId();

      await recommender({}, `${stub.url}${path}`).recommend(productId, 7, unheard);

      expect(stub.requests).toHaveLength(1);
      expect(stub.requests[0]).toMatchObject({
        method: 'GET',
        url: `/shop/v1/products/${productId}/recommendations?limit=7`,
      });
    },
  );

  it('carries the ids that the request is known by', async () => {
    stub.answers(items());
    const context = newRequestContext({
      requestId: 'the-request',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      deadline: new Deadline(5_000),
    });

    await runInRequest(context, () => ask());

    expect(stub.requests[0]?.headers).toMatchObject({
      'x-request-id': 'the-request',
      traceparent: expect.stringMatching(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-00$/),
    });
  });

  it.each([
    ['an answer', items()],
    ['a refusal', body('{"code":"not-found"}', 404)],
    ['an error', body('{"code":"broken"}', 500)],
  ])('goes over a connection that is used again, after %s too', async (_what, answer) => {
    const one = recommender();
    stub.answers(answer);

    for (let n = 0; n < 12; n += 1) await one.recommend(newId(), 5, unheard).catch(() => undefined);

    // A refusal's body may still be on its way when the next question leaves: then that takes a second connection.
    expect(stub.connections).toBeLessThanOrEqual(2);
  });
});

describe('an answer', () => {
  it('may say more than we know', async () => {
    const productId = newId();
    stub.answers(body(JSON.stringify({ model: 'b', items: [{ productId, score: 1, reason: 'because' }] })));

    expect(await ask()).toEqual([{ productId, score: 1 }]);
  });

  it('may come in another charset parameter, and with ids in capitals', async () => {
    const productId = newId();
    stub.answers(
      body(JSON.stringify({ items: [{ productId: productId.toUpperCase(), score: 0 }] }), 200, {
        'content-type': 'Application/JSON; charset=utf-8',
      }),
    );

    expect(await ask()).toEqual([{ productId, score: 0 }]);
  });

  const item = (fields: object): string => JSON.stringify({ items: [{ productId: newId(), score: 0.5, ...fields }] });

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['an array', '[]'],
    ['a text', '"items"'],
    ['no items', '{}'],
    ['null for items', '{"items":null}'],
    ['an object for items', '{"items":{"length":1}}'],
    ['null for an item', '{"items":[null]}'],
    ['an id that is null', item({ productId: null })],
    ['an id that is a number', item({ productId: 7 })],
    ['an id that is no UUID', item({ productId: '../../health' })],
    ['a score that is null', item({ score: null })],
    ['a score that is a text', item({ score: '0.5' })],
    ['a score below 0', item({ score: -0.1 })],
    ['a score above 1', item({ score: 1.1 })],
    ['a score beyond all numbers', '{"items":[{"productId":"019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7","score":1e999}]}'],
    [
      'too many items',
      JSON.stringify({ items: Array.from({ length: 101 }, () => ({ productId: newId(), score: 1 })) }),
    ],
    ['JSON that is cut off', '{"items":[{"productId":'],
    ['HTML that calls itself JSON', '<!doctype html><title>Welcome</title>'],
  ])('is none when it is %s: a failure, and not asked for again', async (_what, text) => {
    const one = await recommenderWithRetries();
    stub.answers(body(text));

    await expect(one.recommend(newId(), 5, unheard)).rejects.toMatchObject({ cause: { kind: 'fatal' } });

    expect(stub.requests).toHaveLength(1);
  });

  it.each(['text/html', 'application/jsonp', 'text/json', ''])('is none when its type is %j', async (type) => {
    stub.answers(body('{"items":[]}', 200, { 'content-type': type }));

    await expect(ask()).rejects.toBeInstanceOf(DependencyUnavailable);
  });

  it.each([204, 206, 301, 302, 307, 308])('is none when its status is %d, wherever that leads', async (status) => {
    const one = await recommenderWithRetries();
    stub.answers(body('', status, { location: '/elsewhere' }));

    await expect(one.recommend(newId(), 5, unheard)).rejects.toMatchObject({ cause: { kind: 'fatal' } });

    expect(stub.requests).toHaveLength(1);
  });
});

describe('a recommender in trouble', () => {
  it('that refuses connections is unavailable', async () => {
    const one = recommender();
    await stub.close();

    await expect(one.recommend(newId(), 5, unheard)).rejects.toBeInstanceOf(DependencyUnavailable);
  });

  it.each([
    ['never answers', blackHole],
    ['answers a byte at a time', dribble(5)],
    [
      'answers after five seconds',
      (response: Parameters<typeof blackHole>[0]) => void setTimeout(() => response.end(), 5_000).unref(),
    ],
  ])('that %s has its time, and no more', async (_what, answer) => {
    stub.answers(answer);
    const startedAtMs = performance.now();

    await expect(ask(HURRIED)).rejects.toBeInstanceOf(DependencyTimeout);

    expect(performance.now() - startedAtMs).toBeLessThan(120 + 1_000);
  });

  it('that dribbles is hung up on', async () => {
    const closed = Promise.withResolvers<void>();
    stub.answers((response, request) => {
      response.on('close', () => closed.resolve());
      dribble(5)(response, request);
    });

    await expect(ask(HURRIED)).rejects.toBeInstanceOf(DependencyTimeout);

    await closed.promise;
  });

  it('that sends fifty megabytes is stopped soon after the bound', async () => {
    const sent = Promise.withResolvers<number>();
    const one = await recommenderWithRetries();
    stub.answers(flood(50 * 1024 * 1024, sent.resolve));

    await expect(one.recommend(newId(), 5, unheard)).rejects.toMatchObject({ cause: { kind: 'fatal' } });

    // What lay in the buffers of both sockets was sent without being read.
    expect(await sent.promise).toBeLessThan(BODY_BYTES_MAX + 16 * 1024 * 1024);
    expect(stub.requests).toHaveLength(1);
  });

  it('that hangs up in the middle is asked again', async () => {
    const one = await recommenderWithRetries();
    stub.answers(brokenOff('{"items":['));

    await expect(one.recommend(newId(), 5, unheard)).rejects.toBeInstanceOf(DependencyUnavailable);

    expect(stub.requests).toHaveLength(2);
  });

  it.each([500, 502, 503, 504, 429])('that answers %d is asked again, once', async (status) => {
    const one = await recommenderWithRetries();
    stub.answers(body('{}', status));

    await expect(one.recommend(newId(), 5, unheard)).rejects.toMatchObject({
      constructor: DependencyUnavailable,
      cause: { kind: 'retryable' },
    });

    expect(stub.requests).toHaveLength(2);
  });

  it('that asks for more time than there is gets it', async () => {
    const one = await recommenderWithRetries();
    stub.answers(body('{}', 503, { 'retry-after': '60' }));

    await expect(one.recommend(newId(), 5, unheard)).rejects.toBeInstanceOf(DependencyUnavailable);

    expect(stub.requests).toHaveLength(1);
  });

  it.each([400, 401, 404, 410])('that answers %d has answered: no failure, and not asked again', async (status) => {
    const one = await recommenderWithRetries();
    stub.answers(body('{}', status));

    await expect(one.recommend(newId(), 5, unheard)).rejects.toMatchObject({
      constructor: DependencyFailure,
      kind: 'rejected',
    });

    expect(stub.requests).toHaveLength(1);
  });

  it('is believed again as soon as it answers', async () => {
    const one = recommender();
    stub.answers(body('{}', 500));
    await one.recommend(newId(), 5, unheard).catch(() => undefined);
    stub.answers(items());

    expect(await one.recommend(newId(), 5, unheard)).toEqual([]);
  });
});

describe('a caller that leaves', () => {
  it('ends the question at once, and hangs up', async () => {
    const closed = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    stub.answers((response) => {
      response.on('close', () => closed.resolve());
      asked.resolve();
    });
    const leaving = new AbortController();
    const answer = recommender().recommend(newId(), 5, leaving);
    await asked.promise;

    leaving.abort(new Error('left'));

    await expect(answer).rejects.toThrow('left');
    await closed.promise;
  });

  it('does so too by the end of its request', async () => {
    const asked = Promise.withResolvers<void>();
    stub.answers(() => asked.resolve());
    const deadline = new Deadline(5_000);
    const context = newRequestContext({ deadline });
    const answer = runInRequest(context, () => ask());
    await asked.promise;

    deadline.end(new ClientDisconnected());

    await expect(answer).rejects.toBeInstanceOf(ClientDisconnected);
  });

  it('has no more time than its request', async () => {
    stub.answers(blackHole);
    const deadline = new Deadline(40);
    const context = newRequestContext({ deadline });

    await expect(runInRequest(context, () => ask())).rejects.toBeInstanceOf(DependencyTimeout);
  });
});
