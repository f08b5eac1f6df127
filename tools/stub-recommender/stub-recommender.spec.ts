import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  blackHole,
  dribble,
  errorRatio,
  html,
  huge,
  nulls,
  ok,
  redirect,
  refuse,
  slow,
  status,
  truncatedJson,
  wrongTypes,
} from './behaviours.ts';
import { StubRecommender } from './stub-recommender.ts';

const ITEMS = [
  { productId: 'kettle', score: 0.9 },
  { productId: 'mug', score: 0.5 },
];

describe('a stub recommender', () => {
  let stub: StubRecommender;

  beforeEach(async () => {
    stub = await StubRecommender.start(ok(ITEMS));
  });

  afterEach(() => stub.stop());

  const ask = (productId = 'tray', init: RequestInit = {}): Promise<Response> =>
    fetch(`${stub.url}/v1/products/${productId}/recommendations?limit=2`, { redirect: 'manual', ...init });

  it('answers as the contract says', async () => {
    const answer = await ask();

    expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 200, body: { items: ITEMS } });
  });

  it('keeps to the limit, and to what a product has', async () => {
    await stub.answers(ok((productId) => ['a', 'b', 'c'].map((other) => ({ productId: productId + other, score: 1 }))));

    expect(await (await ask('x')).json()).toEqual({
      items: [
        { productId: 'xa', score: 1 },
        { productId: 'xb', score: 1 },
      ],
    });
  });

  it('remembers what it was asked, and what it should not have been asked', async () => {
    await ask('tray', { headers: { 'x-request-id': 'r-1' } });
    await fetch(`${stub.url}/elsewhere`);

    expect(stub.requestCount).toBe(1);
    expect(stub.requests).toEqual([
      expect.objectContaining({
        productId: 'tray',
        limit: 2,
        headers: expect.objectContaining({ 'x-request-id': 'r-1' }),
      }),
    ]);
    expect(stub.strays).toEqual(['GET /elsewhere']);
  });

  it('is slow', async () => {
    await stub.answers(slow(60, ok(ITEMS)));
    const startedAtMs = performance.now();

    expect((await ask()).status).toBe(200);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(58);
  });

  it('says nothing from a black hole, and counts who gave up', async () => {
    await stub.answers(blackHole);

    await expect(ask('tray', { signal: AbortSignal.timeout(30) })).rejects.toThrow();
    await until(() => stub.abandoned === 1);
  });

  it('dribbles', async () => {
    await stub.answers(dribble(100));
    const answer = await ask('tray', { signal: AbortSignal.timeout(100) });
    const sentBefore = stub.bytesSent;

    await expect(answer.text()).rejects.toThrow();
    expect(stub.bytesSent - sentBefore).toBeLessThan(20);
  });

  it('sends a huge answer that is sound', async () => {
    await stub.answers(huge(3_000_000));
    const text = await (await ask()).text();

    expect(text).toHaveLength(3_000_000);
    expect(JSON.parse(text)).toEqual({ items: [] });
    expect(stub.bytesSent).toBeGreaterThan(3_000_000);
  });

  it('stops sending a huge answer to one who has hung up', async () => {
    await stub.answers(huge(500_000_000));
    const answer = await ask();
    await answer.body?.cancel();

    await until(() => stub.abandoned === 1);
    expect(stub.bytesSent).toBeLessThan(50_000_000);
  });

  it.each([
    ['HTML', html, 200, /^text\/html/, /^<!doctype/],
    ['truncated JSON', truncatedJson, 200, /^application\/json/, /"sco$/],
    ['nulls', nulls, 200, /^application\/json/, /\[null,/],
    ['wrong types', wrongTypes, 200, /^application\/json/, /"productId":7/],
    ['a status', status(503, { 'retry-after': '7' }), 503, /^application\/problem/, /503/],
  ])('answers %s', async (_what, behaviour, code, type, body) => {
    await stub.answers(behaviour);
    const answer = await ask();

    expect(answer.status).toBe(code);
    expect(answer.headers.get('content-type')).toMatch(type);
    expect(await answer.text()).toMatch(body);
  });

  it('redirects', async () => {
    await stub.answers(redirect('http://elsewhere.test/'));
    const { status: code, headers } = await ask();

    expect({ code, location: headers.get('location') }).toEqual({ code: 302, location: 'http://elsewhere.test/' });
  });

  it('fails in a share of its answers, the same ones each time', async () => {
    const statusesOf = async (): Promise<number[]> => {
      await stub.answers(errorRatio(0.5));
      const statuses: number[] = [];
      for (let asked = 0; asked < 200; asked += 1) statuses.push((await ask()).status);
      return statuses;
    };
    const statuses = await statusesOf();
    const failed = statuses.filter((code) => code === 500).length;

    expect(failed).toBeGreaterThan(80);
    expect(failed).toBeLessThan(120);
    expect(await statusesOf()).toEqual(statuses);
  });

  it('refuses, and answers on the same port when it is told to', async () => {
    const { url } = stub;
    await stub.answers(refuse);
    await expect(ask()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });

    await stub.answers(ok(ITEMS));

    expect({ status: (await ask()).status, url: stub.url }).toEqual({ status: 200, url });
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
