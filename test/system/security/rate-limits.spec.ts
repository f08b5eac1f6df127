import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SLACK_MS, TestIssuer } from '#platform/testing';
import { expectProblem } from '../support/expect-problem.js';
import { RawConnection, type RawAnswer } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';
import { bearer } from '../support/tokens.js';

const MAX = 5;
const NO_PRODUCT = '/v1/products/019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';
const LIMITED = { status: 429, code: 'platform.rate-limited' };

/** One for all stores here: what is counted lives in the process, and nothing is written. */
let database: Awaited<ReturnType<typeof storeDatabase>>;
let store: StoreProcess;
beforeAll(async () => {
  database = await storeDatabase();
});
afterEach(() => store.stop());
afterAll(() => database.drop());

const start = async (env: Record<string, string> = {}): Promise<void> => {
  const limits = { RATE_LIMIT_MAX: String(MAX), RATE_LIMIT_WINDOW_SECONDS: '60' };
  store = await StoreProcess.start({ databaseUrl: database.serviceUrl, env: { ...limits, ...env } });
  await store.ready();
};

async function ask(headers: Record<string, string> = {}, method = 'GET', path = '/v1/products'): Promise<RawAnswer> {
  const connection = await RawConnection.to(store.url);
  connection.send(requestBytes({ method, path, headers: { authorization: '', ...headers } }));
  const answer = await connection.answer();
  connection.close();
  return answer;
}

/** One after the other; the statuses as they came. */
async function statuses(count: number, request: (index: number) => Promise<RawAnswer>): Promise<number[]> {
  const seen: number[] = [];
  for (let index = 0; index < count; index += 1) seen.push((await request(index)).status);
  return seen;
}

const activate = (authorization: string, headers = {}) =>
  ask({ authorization, 'if-match': '*', ...headers }, 'POST', `${NO_PRODUCT}/activate`);

const times = (count: number, status: number): number[] => Array.from({ length: count }, () => status);

describe('a client address', () => {
  it('gets in as often as the limit says, is told what is left, and then when to come back', async () => {
    await start();

    const first = await ask();
    const others = await statuses(MAX - 1, () => ask());
    const refused = await ask();

    expect(first.headers).toMatchObject({
      'ratelimit-policy': `"default";q=${MAX};w=60`,
      ratelimit: `"default";r=${MAX - 1};t=60`,
    });
    expect(others).toEqual(times(MAX - 1, 200));
    expectProblem(refused, LIMITED);
    expect(refused.headers['ratelimit']).toMatch(/^"default";r=0;t=\d+$/);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
  });

  it('may come again when the time of Retry-After is over', async () => {
    await start({ RATE_LIMIT_WINDOW_SECONDS: '1' });
    await statuses(MAX, () => ask());

    const { headers } = await ask();
    const startedAtMs = performance.now();
    while ((await ask()).status === 429);

    expect(headers['retry-after']).toBe('1');
    expect(performance.now() - startedAtMs).toBeLessThan(1_000 + SLACK_MS);
  });

  it('does not escape by an X-Forwarded-For of its own, whatever it says', async () => {
    await start();

    const forged = (index: number) =>
      ask({ 'x-forwarded-for': `203.0.113.${index}`, forwarded: `for=203.0.113.${index}` });

    expect(await statuses(MAX + 3, forged)).toEqual([...times(MAX, 200), ...times(3, 429)]);
  });

  it('is counted also for what no route answers', async () => {
    await start();

    const seen = await statuses(MAX + 1, (index) => ask({}, 'GET', `/v1/nowhere/${index}`));

    expect(seen).toEqual([...times(MAX, 404), 429]);
  });

  it('is counted also for a URL that is none, and for a parameter that is too long', async () => {
    await start();

    const bad = await statuses(MAX + 1, () => ask({}, 'GET', '/v1/products/%ff'));
    const refused = await ask({}, 'GET', `/v1/products/${'x'.repeat(300)}`);

    expect(bad).toEqual([...times(MAX, 400), 429]);
    expectProblem(refused, LIMITED);
  });

  it('is counted also for the preflights of an origin that may ask', async () => {
    await start({ CORS_ORIGINS: 'https://shop.test' });
    const preflight = { origin: 'https://shop.test', 'access-control-request-method': 'POST' };

    const seen = await statuses(MAX + 1, () => ask(preflight, 'OPTIONS'));

    expect(seen).toEqual([...times(MAX, 204), 429]);
  });

  it('is not limited on the probes', async () => {
    await start();
    await statuses(MAX + 1, () => ask());

    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      const probes = await Promise.all(Array.from({ length: 4 * MAX }, () => fetch(store.managementUrl + path)));
      expect(new Set(probes.map(({ status }) => status))).toEqual(new Set([200]));
    }
  });
});

describe('behind a proxy that is trusted', () => {
  it('the client itself is limited, and logged', async () => {
    await start({ TRUST_PROXY: '127.0.0.1' });

    const busy = await statuses(MAX + 1, () => ask({ 'x-forwarded-for': '203.0.113.7' }));
    const other = await ask({ 'x-forwarded-for': '203.0.113.8' });

    expect(busy).toEqual([...times(MAX, 200), 429]);
    expect(other.status).toBe(200);
    await store.logged(({ clientAddress, status }) => clientAddress === '203.0.113.7' && status === 429);
  });

  it('what the client has forged before it counts for nothing: the proxy adds the true address at the end', async () => {
    await start({ TRUST_PROXY: '127.0.0.1' });

    const forged = (index: number) => ask({ 'x-forwarded-for': `198.51.100.${index}, 203.0.113.7` });

    expect(await statuses(MAX + 1, forged)).toEqual([...times(MAX, 200), 429]);
  });

  it('the addresses of one IPv6 network are one client, and what is no address is the proxy itself', async () => {
    await start({ TRUST_PROXY: '127.0.0.1' });

    const roaming = await statuses(MAX + 1, (index) => ask({ 'x-forwarded-for': `2001:db8:1:2::${index + 1}` }));
    const garbage = await statuses(MAX + 1, (index) => ask({ 'x-forwarded-for': `unknown-${index}` }));

    expect(roaming).toEqual([...times(MAX, 200), 429]);
    expect(garbage).toEqual([...times(MAX, 200), 429]);
  });
});

describe('a user', () => {
  it('has a limit of its own, wherever it asks from, beside that of its address and of other users', async () => {
    await start({ TRUST_PROXY: '127.0.0.1' });
    const alice = bearer({ sub: 'alice' });

    const seen = await statuses(MAX + 1, (index) => activate(alice, { 'x-forwarded-for': `203.0.113.${index}` }));

    expect(seen).toEqual([...times(MAX, 404), 429]);
    expect((await activate(bearer({ sub: 'bob' }), { 'x-forwarded-for': '203.0.113.0' })).status).toBe(404);
    expect((await ask({ 'x-forwarded-for': '203.0.113.0' })).status).toBe(200);
  });

  it('has the limit of a route besides', async () => {
    await start();

    const { headers } = await activate(bearer({ sub: 'alice' }));

    expect(headers['ratelimit-policy']).toBe(`"catalog-writes";q=1200;w=60, "default";q=${MAX};w=60`);
    expect(headers['ratelimit']).toBe(`"catalog-writes";r=1199;t=60, "default";r=${MAX - 1};t=60`);
  });

  it('is not locked out by strangers of the same address who guess at tokens', async () => {
    await start();
    const alice = bearer({ sub: 'alice' });
    await activate(alice);

    const guesses = await statuses(MAX + 1, (index) => activate(`Bearer guess-${index}`));

    expect(guesses).toEqual([...times(MAX, 401), 429]);
    expect((await activate(alice)).status).toBe(404);
    expect((await ask()).status).toBe(200);
  });
});

describe('while the issuer of tokens hangs', () => {
  it('strangers are limited all the same, and its users with tokens that are known get in', async () => {
    const issuer = await TestIssuer.listening();
    // Long enough for the keys that do come, on a busy machine: a user whose token waits for them counts as a stranger.
    await start({ ...issuer.env, RATE_LIMIT_MAX: '20', JWKS_TIMEOUT_MS: '2000' });
    const alice = `Bearer ${issuer.token({ sub: 'alice' })}`;
    expect(await statuses(2, () => activate(alice))).toEqual([404, 404]); // from here on it is known
    issuer.answers(() => undefined);

    const strangers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => activate(`Bearer ${issuer.token({}, { kid: `made-up-${index}` })}`)),
    );
    const counts = Map.groupBy(strangers, ({ status }) => status);
    const known = await activate(alice);
    await issuer.close();

    expect({ limited: counts.get(429)?.length, undecided: counts.get(503)?.length }).toEqual({
      limited: 40,
      undecided: 20,
    });
    expect(known.status).toBe(404);
  });
});

describe('limits that are turned off', () => {
  it('refuse nobody, and promise nothing', async () => {
    await start({ RATE_LIMIT_MAX: '0' });

    expect(await statuses(3 * MAX, () => ask())).toEqual(times(3 * MAX, 200));
    expect((await ask()).headers).not.toHaveProperty('ratelimit');
  });
});
