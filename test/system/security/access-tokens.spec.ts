import { createHmac, createPublicKey } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { encoded, newKey, TestIssuer } from '#platform/testing';
import { expectProblem } from '../support/expect-problem.js';
import { readMetrics, sampleOf, sumOf } from '../support/metrics.js';
import { RawConnection, type RawAnswer } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';

/** What the client is told of everything that is wrong before a signature is proved: one text. */
const NOT_VALID = 'The access token is not valid.';
const now = Math.floor(Date.now() / 1_000);

/** Asks for a change that needs a token; who gets in is told that there is no such product. */
async function ask(store: RunningStore['store'], authorization: string): Promise<RawAnswer> {
  const connection = await RawConnection.to(store.url);
  const path = '/v1/products/019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7/activate';
  connection.send(requestBytes({ method: 'POST', path, headers: { 'if-match': '*', authorization } }));
  const answer = await connection.answer();
  connection.close();
  return answer;
}

const getsIn = async (store: RunningStore['store'], token: string): Promise<void> => {
  expectProblem(await ask(store, `Bearer ${token}`), { status: 404, code: 'catalog.product-not-found' });
};

describe('a token', () => {
  let issuer: TestIssuer;
  let running: RunningStore;
  beforeAll(async () => {
    issuer = await TestIssuer.listening();
    running = await runningStore({ env: issuer.env });
  });
  afterAll(async () => {
    await running.stop();
    await issuer.close();
  });

  /** As HS256, with what everybody knows for a secret. */
  function signedWithPublicKey(secret: string): string {
    const [, payload] = issuer.token().split('.');
    const signed = `${encoded({ alg: 'HS256', typ: 'at+jwt', kid: issuer.key.kid })}.${payload}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }
  const pem = (): string => String(createPublicKey(issuer.key.privateKey).export({ type: 'spki', format: 'pem' }));
  const unsigned = (alg: string): string => `${encoded({ alg, typ: 'at+jwt' })}.${issuer.token().split('.')[1]}.`;
  const tampered = (): string => {
    const [header, , signature] = issuer.token({ scope: '' }).split('.');
    return [header, issuer.token().split('.')[1], signature].join('.');
  };

  it.each<[string, () => string]>([
    ['the scheme alone', () => 'Bearer'],
    ['garbage', () => 'Bearer garbage'],
    ['three dots', () => 'Bearer ...'],
    ['two tokens', () => `Bearer ${issuer.token()} ${issuer.token()}`],
    ['alg none', () => `Bearer ${unsigned('none')}`],
    ['alg NONE', () => `Bearer ${unsigned('NONE')}`],
    [
      'HS256, signed with the public key as JWK',
      () => `Bearer ${signedWithPublicKey(JSON.stringify(issuer.key.publicJwk))}`,
    ],
    ['HS256, signed with the public key as PEM', () => `Bearer ${signedWithPublicKey(pem())}`],
    ['an unknown kid', () => `Bearer ${issuer.token({}, { kid: 'unknown' })}`],
    ['a kid of path characters', () => `Bearer ${issuer.token({}, { kid: '../../../../etc/passwd\u0000' })}`],
    ['a kid of 4,000 letters', () => `Bearer ${issuer.token({}, { kid: 'k'.repeat(4_000) })}`],
    [
      "another key's signature under a known kid",
      () => `Bearer ${issuer.token({}, { kid: issuer.key.kid }, newKey())}`,
    ],
    ['a key of its own in the header', () => `Bearer ${issuer.token({}, { jwk: newKey().publicJwk, kid: 'mine' })}`],
    ['a payload of another token', () => `Bearer ${tampered()}`],
    ['a critical extension', () => `Bearer ${issuer.token({}, { crit: ['exp'], exp: now })}`],
    ['9,000 characters', () => `Bearer ${issuer.token({ padding: 'p'.repeat(6_400) })}`],
  ])('is refused without a word about why: %s', async (_what, authorization) => {
    const answer = await ask(running.store, authorization());

    expect(expectProblem(answer, { status: 401, code: 'platform.token-invalid' })).toMatchObject({ detail: NOT_VALID });
    expect(answer.headers['www-authenticate']).toBe(`Bearer error="invalid_token", error_description="${NOT_VALID}"`);
  });

  it.each<[string, object, object, string]>([
    ['another issuer', { iss: 'https://other.test' }, {}, 'iss'],
    ['another audience', { aud: 'https://other.test' }, {}, 'aud'],
    ['no audience', { aud: undefined }, {}, 'aud'],
    ['a time that has not come', { nbf: now + 600 }, {}, 'nbf'],
    ['no expiry', { exp: undefined }, {}, 'exp'],
    ['no subject', { sub: undefined }, {}, 'sub'],
    ['a subject of two lines', { sub: 'alice\nbob' }, {}, 'sub'],
    ['scopes as a list', { scope: ['catalog:write'] }, {}, 'scope'],
    ['the type of an ID token', {}, { typ: 'JWT' }, 'typ'],
    ['no type', {}, { typ: undefined }, 'typ'],
  ])('that is signed, and is refused, names the claim: %s', async (_what, claims, header, claim) => {
    const answer = await ask(running.store, `Bearer ${issuer.token({ ...claims }, { ...header })}`);

    const { detail } = expectProblem(answer, { status: 401, code: 'platform.token-invalid' });
    expect(detail).toContain(` ${claim} `);
    expect(detail).not.toContain(issuer.url); // nor what it would have to be
  });

  it.each(['Basic c3RvcmU6c2VjcmV0', 'Bearerish x', ''])(
    'of another scheme is none, and no error is told: %s',
    async (value) => {
      const answer = await ask(running.store, value);

      expectProblem(answer, { status: 401, code: 'platform.authentication-required' });
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    },
  );

  it('that comes in one of two headers is not chosen for the client', async () => {
    const answer = await ask(running.store, `Bearer ${issuer.token()}\r\nauthorization: Bearer ${issuer.token()}`);

    expectProblem(answer, { status: 400, code: 'platform.malformed-request' });
  });

  it('that has expired has a code of its own: the client is to get another', async () => {
    const answer = await ask(running.store, `Bearer ${issuer.token({ exp: now - 60 })}`);

    expectProblem(answer, { status: 401, code: 'platform.token-expired' });
  });

  it.each<[string, () => string]>([
    ['as issuers make them', () => issuer.token()],
    ['for several audiences', () => issuer.token({ aud: ['https://other.test', issuer.env.JWT_AUDIENCE] })],
    ['with the long form of its type', () => issuer.token({}, { typ: 'application/AT+JWT' })],
    ['a moment past its end, as clocks differ', () => issuer.token({ exp: Math.floor(Date.now() / 1_000) - 1 })],
  ])('gets in: %s', (_what, token) => getsIn(running.store, token()));

  it('is known to the log by its user, and a refusal by the check that failed', async () => {
    await ask(running.store, `Bearer ${issuer.token({ sub: 'alice' })}`);
    await ask(running.store, `Bearer ${issuer.token({ aud: 'https://other.test' })}`);

    await running.store.logged(({ msg, userId }) => msg === 'request' && userId === 'alice');
    await running.store.logged(
      ({ msg, authenticationFault }) => msg === 'request' && authenticationFault === 'audience',
    );
  });
});

describe("the issuer's keys", () => {
  let issuer: TestIssuer;
  let running: RunningStore | undefined;

  /** Each replica fetches them for itself when it starts, and serves without them where that fails. */
  async function areKnownToAll({ store }: RunningStore): Promise<void> {
    const fetched = { dependency: 'jwks', outcome: 'ok' };
    for (;;) {
      await ask(store, `Bearer ${issuer.token()}`); // who has none fetches them now
      const metrics = await readMetrics(store.managementUrl);
      const fetches = sumOf(metrics, 'dependency_request_duration_seconds_count', fetched);
      if (fetches >= sampleOf(metrics, 'service_ready')) return;
    }
  }

  afterEach(async () => {
    await running?.stop();
    await issuer.close();
  });

  it('that are new are fetched when a token names one', async () => {
    issuer = await TestIssuer.listening();
    running = await runningStore({ env: issuer.env });
    await getsIn(running.store, issuer.token());

    issuer.rotate();

    await getsIn(running.store, issuer.token());
  });

  it('serve on while the issuer is down', async () => {
    issuer = await TestIssuer.listening();
    running = await runningStore({ env: { ...issuer.env, JWKS_MAX_AGE_SECONDS: '10' } });
    await areKnownToAll(running);

    await issuer.close();

    await getsIn(running.store, issuer.token({ sub: 'somebody-else' }));
  });

  it('that were never there make a 503 and no 401, on closed routes alone; they come without a restart', async () => {
    const gone = await TestIssuer.listening();
    const { env } = gone;
    await gone.close();
    running = await runningStore({ env });
    const { store } = running;

    const answer = await ask(store, `Bearer ${gone.token()}`);
    expectProblem(answer, { status: 503, code: 'platform.dependency-unavailable' });
    expect(answer.headers['retry-after']).toMatch(/^[1-3]$/);
    expect((await fetch(`${store.url}/v1/products`, { headers: { authorization: 'Bearer x' } })).status).toBe(200);
    await store.probed('/health/ready', 200);

    issuer = await TestIssuer.listening(Number(new URL(env.JWKS_URL).port));
    const token = issuer.token();
    for (;;) {
      const { status } = await ask(store, `Bearer ${token}`);
      if (status === 404) break;
      expect(status).toBe(503);
    }
  });
});
