import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { loadSettings } from '#platform/config';
import { newRequestContext, runInRequest } from '#platform/context';
import { Deadline, DeadlineExceeded } from '#platform/deadline';
import { newKey, TestIssuer } from '#platform/testing';
import { JwtSettings } from '../jwt.settings.js';
import { RecordingLogger } from '../testing/recording-logger.js';
import { KEY_FETCHES_MAX, WAITING_MAX } from './issuer-keys.js';
import { Verifier } from '../testing/verifier.js';
import { IssuerKeys } from './issuer-keys.js';
import { NoKeySource } from './no-key-source.js';

const MAX_AGE_SECONDS = 600;
const COOLDOWN_SECONDS = 10;
const STALE_SECONDS = 86_400;

const UNAVAILABLE = { kind: 'unavailable' };
const UNKNOWN_KEY = { code: 'platform.token-invalid', fault: 'key' };

let issuer: TestIssuer;
let verifier: Verifier;
let log: RecordingLogger;
beforeEach(async () => {
  log = new RecordingLogger();
  Logger.overrideLogger(log);
  issuer = await TestIssuer.listening();
  verifier = new Verifier(issuer);
});
afterEach(async () => {
  await verifier.close();
  await issuer.close();
});

const accepts = async (token = issuer.token()): Promise<void> => expect(await verifier.refusalOf(token)).toBeNull();
/** A token of a key that the issuer has never published. */
const madeUp = (): string => issuer.token({}, { kid: newKey().kid });
const goesAway = () => issuer.answers((_request, response) => response.destroy());
const answersJson = (text: string) =>
  issuer.answers((_request, response) => response.setHeader('content-type', 'application/json').end(text));

/** Takes questions and answers none until it is told to, then all and as it should. */
function holdsBack(): { asked: Promise<void>; answers: () => void } {
  const asked = Promise.withResolvers<void>();
  const waiting: ServerResponse[] = [];
  issuer.answers((_request, response) => {
    waiting.push(response);
    asked.resolve();
  });
  const text = issuer.keySet();
  const answers = () => {
    issuer.answers();
    for (const response of waiting) response.setHeader('content-type', 'application/json').end(text);
  };
  return { asked: asked.promise, answers };
}

/** Turn by turn, until no fetch is under way. */
async function fetchIsOver(): Promise<void> {
  while (verifier.keys.isFetching) await turn();
}

describe('the keys of the issuer', () => {
  it('are fetched once, for all who wait', async () => {
    const issuerIs = holdsBack();
    const attempts = Array.from({ length: 50 }, () => verifier.refusalOf(issuer.token()));
    await issuerIs.asked;
    issuerIs.answers();

    expect(await Promise.all(attempts)).toEqual(attempts.map(() => null));
    expect(issuer.fetches).toBe(1);
  });

  it('are fetched at the start, and not again before they are old', async () => {
    verifier.keys.onApplicationBootstrap();
    await accepts();
    verifier.clock.passSeconds(MAX_AGE_SECONDS - 1);
    await accepts();

    expect(issuer.fetches).toBe(1);
  });

  it('are renewed in the background when they are old, while the old ones serve', async () => {
    await accepts();
    const issuerIs = holdsBack();
    verifier.clock.passSeconds(MAX_AGE_SECONDS);

    await accepts();
    await issuerIs.asked;
    await accepts();
    expect(issuer.fetches).toBe(2);

    issuerIs.answers();
    await fetchIsOver();
    await accepts();
    expect(issuer.fetches).toBe(2);
  });

  it('are renewed also where every token is known already', async () => {
    await accepts();
    verifier.clock.passSeconds(MAX_AGE_SECONDS);

    verifier.tokens.known(issuer.token());
    await fetchIsOver();

    expect(issuer.fetches).toBe(2);
  });

  it('make no new version when they are the same', async () => {
    await accepts();
    const { version } = verifier.keys;
    verifier.clock.passSeconds(MAX_AGE_SECONDS);
    verifier.keys.keepFresh();
    await fetchIsOver();

    expect(verifier.keys.version).toBe(version);
  });
});

describe('a key that the issuer has begun to use', () => {
  it('is accepted with its first token', async () => {
    await accepts();
    issuer.rotate();

    await accepts();
    expect(issuer.fetches).toBe(2);
  });

  it('leaves tokens of the one before as they are', async () => {
    const before = issuer.token();
    await accepts(before);
    issuer.rotate();

    await accepts();
    await accepts(before);
  });
});

describe('a key that the issuer has withdrawn', () => {
  it('is good until the keys are old, and no longer: for known tokens too', async () => {
    const token = issuer.token();
    await accepts(token);
    verifier.tokens.known(token);
    await accepts(token);
    issuer.rotate({ withdraw: true });
    verifier.clock.passSeconds(MAX_AGE_SECONDS - 1);
    expect(verifier.tokens.known(token)).not.toBeNull();

    verifier.clock.passSeconds(1);
    verifier.tokens.known(token);
    await fetchIsOver();

    expect(verifier.tokens.known(token)).toBeNull();
    expect(await verifier.refusalOf(token)).toMatchObject(UNKNOWN_KEY);
  });

  it('is gone at once when a token of its successor comes', async () => {
    const token = issuer.token();
    await accepts(token);
    issuer.rotate({ withdraw: true });
    await accepts();

    expect(await verifier.refusalOf(token)).toMatchObject(UNKNOWN_KEY);
  });
});

describe('a key that nobody knows', () => {
  it('is asked for a few times at first and once in a while from then on, however many are made up', async () => {
    await accepts();

    await Promise.all(Array.from({ length: 50 }, () => verifier.refusalOf(madeUp())));
    expect(issuer.fetches).toBe(2); // all of them waited for one
    for (let n = 0; n < 50; n += 1) expect(await verifier.refusalOf(madeUp())).toMatchObject(UNKNOWN_KEY);
    verifier.clock.passSeconds(COOLDOWN_SECONDS - 1);
    await verifier.refusalOf(madeUp());
    expect(issuer.fetches).toBe(1 + KEY_FETCHES_MAX);

    verifier.clock.passSeconds(1);
    await Promise.all(Array.from({ length: 50 }, () => verifier.refusalOf(madeUp())));
    expect(issuer.fetches).toBe(2 + KEY_FETCHES_MAX);
  });

  it('does not keep a new key from being found, when it was made up just before', async () => {
    await accepts();
    await verifier.refusalOf(madeUp());

    issuer.rotate();

    await accepts();
  });

  it('lets a bounded number of requests wait for a slow issuer, and refuses the others at once', async () => {
    await accepts();
    const issuerIs = holdsBack();
    const waiting = Array.from({ length: WAITING_MAX }, () => verifier.refusalOf(madeUp()));
    await issuerIs.asked;

    expect(await verifier.refusalOf(madeUp())).toMatchObject(UNAVAILABLE);
    await accepts();

    issuerIs.answers();
    for (const refusal of await Promise.all(waiting)) expect(refusal).toMatchObject(UNKNOWN_KEY);
  });

  it('keeps nobody else waiting', async () => {
    await accepts();
    const issuerIs = holdsBack();
    const unknown = verifier.refusalOf(madeUp());
    await issuerIs.asked;

    await accepts();

    issuerIs.answers();
    expect(await unknown).toMatchObject(UNKNOWN_KEY);
  });
});

describe('an issuer that is away from the beginning', () => {
  it('keeps no service from starting', () => {
    goesAway();

    expect(() => verifier.keys.onApplicationBootstrap()).not.toThrow();
  });

  it('leaves it open whether a token is good, and serves without a restart when it is back', async () => {
    goesAway();
    expect(await verifier.refusalOf(issuer.token())).toMatchObject(UNAVAILABLE);
    issuer.answers();
    verifier.clock.passSeconds(1);

    await accepts();
  });

  it('is asked once in a second, and not by each request', async () => {
    issuer.answers((_request, response) => response.writeHead(404).end());
    for (let n = 0; n < 20; n += 1) expect(await verifier.refusalOf(issuer.token())).toMatchObject(UNAVAILABLE);
    expect(issuer.fetches).toBe(1);

    verifier.clock.passSeconds(1);
    await verifier.refusalOf(issuer.token());
    expect(issuer.fetches).toBe(2);
  });
});

describe('an issuer that nobody has configured', () => {
  it('is told of at the start, and not asked', async () => {
    const settings = loadSettings({ NODE_ENV: 'test' }).get(JwtSettings);
    const keys = new IssuerKeys(new NoKeySource(), settings, verifier.clock);

    keys.onApplicationBootstrap();

    expect(log.lines).toEqual([
      'warn: No token issuer is configured (JWT_ISSUER): every route that needs a token refuses.',
    ]);
    expect(keys.tooOld).toBe(true);
  });
});

describe('an issuer that goes away', () => {
  it('leaves its last good keys, until they are too old to be believed', async () => {
    await accepts();
    goesAway();

    verifier.clock.passSeconds(STALE_SECONDS - 1);
    await accepts(issuer.token({ exp: verifier.now + 60 }));

    verifier.clock.passSeconds(1);
    expect(await verifier.refusalOf(issuer.token({ exp: verifier.now + 60 }))).toMatchObject(UNAVAILABLE);

    issuer.answers();
    verifier.clock.passSeconds(1);
    await accepts(issuer.token({ exp: verifier.now + 60 }));
  });

  it('leaves it open whether an unknown key is one of its new ones, also within the cooldown', async () => {
    await accepts();
    goesAway();

    expect(await verifier.refusalOf(madeUp())).toMatchObject(UNAVAILABLE);
    expect(await verifier.refusalOf(madeUp())).toMatchObject(UNAVAILABLE);
    await accepts();

    issuer.answers();
    verifier.clock.passSeconds(COOLDOWN_SECONDS);
    expect(await verifier.refusalOf(madeUp())).toMatchObject(UNKNOWN_KEY);
  });

  it('is asked for new keys once in a cooldown', async () => {
    await accepts();
    issuer.answers((_request, response) => response.writeHead(404).end());
    verifier.clock.passSeconds(MAX_AGE_SECONDS);
    for (let n = 0; n < 20; n += 1) verifier.keys.keepFresh();
    await fetchIsOver();
    verifier.clock.passSeconds(COOLDOWN_SECONDS - 1);
    for (let n = 0; n < 20; n += 1) verifier.keys.keepFresh();
    await fetchIsOver();
    expect(issuer.fetches).toBe(2);

    verifier.clock.passSeconds(1);
    for (let n = 0; n < 20; n += 1) verifier.keys.keepFresh();
    await fetchIsOver();
    expect(issuer.fetches).toBe(3);
  });

  it('is told of once, and once more when it is back', async () => {
    goesAway();
    for (let n = 0; n < 3; n += 1) {
      await verifier.refusalOf(issuer.token());
      verifier.clock.passSeconds(1);
    }
    issuer.answers();
    await accepts();

    expect(log.lines).toEqual([
      "warn: The token issuer's keys can't be fetched.",
      "log: The token issuer's keys are here again.",
    ]);
  });
});

describe('an answer of the issuer that is no key set', () => {
  const privateJwk = () => newKey().privateKey.export({ format: 'jwk' });
  const secret = { kty: 'oct', k: 'c2VjcmV0', kid: 'secret', alg: 'HS256' };
  let elsewhere: TestIssuer;
  beforeEach(async () => {
    elsewhere = await TestIssuer.listening();
  });
  afterEach(() => elsewhere.close());

  const json = (text: string) => () => answersJson(text);
  it.each([
    ['garbage', json('\0\u0001')],
    ['a page that calls itself JSON', json('<!doctype html><title>Welcome</title>')],
    [
      'a page',
      () => issuer.answers((_, response) => response.setHeader('content-type', 'text/html').end('{"keys":[]}')),
    ],
    ['cut off', json('{"keys":[{"kty":"EC"')],
    ['empty', json('')],
    ['a set of no keys', json('{"keys":[]}')],
    ['a set of private keys', () => answersJson(JSON.stringify({ keys: [privateJwk()] }))],
    ['a set of secrets', json(JSON.stringify({ keys: [secret] }))],
    ['larger than the bound', json(JSON.stringify({ keys: [], padding: 'x'.repeat(300_000) }))],
    ['an error', () => issuer.answers((_, response) => response.writeHead(404).end('{}'))],
    [
      'a redirect',
      () => issuer.answers((_, response) => response.writeHead(302, { location: elsewhere.env.JWKS_URL }).end()),
    ],
  ])('does not take the place of the last good one: %s', async (_what, answersBadly) => {
    await accepts();
    const { version } = verifier.keys;
    answersBadly();

    expect(await verifier.refusalOf(madeUp())).toMatchObject(UNAVAILABLE);
    await accepts();
    expect(verifier.keys.version).toBe(version);
    expect(elsewhere.fetches).toBe(0);
  });

  it('is no answer at the beginning either', async () => {
    answersJson('{"keys":[]}');

    expect(await verifier.refusalOf(issuer.token())).toMatchObject(UNAVAILABLE);
  });
});

describe('whoever waits for keys', () => {
  it('waits no longer than the bound on a fetch', async () => {
    await verifier.close();
    verifier = new Verifier(issuer, { JWKS_TIMEOUT_MS: '100' });
    issuer.answers(() => undefined); // a black hole; the default is 2 s
    const startedAtMs = performance.now();

    expect(await verifier.refusalOf(issuer.token())).toMatchObject(UNAVAILABLE);

    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });

  it('waits no longer than its own request, and ends the wait of nobody else', async () => {
    const issuerIs = holdsBack();
    const deadline = new Deadline(5_000);
    const hurried = runInRequest(newRequestContext({ deadline }), () => verifier.refusalOf(issuer.token()));
    const patient = runInRequest(newRequestContext({ deadline: new Deadline(5_000) }), () =>
      verifier.refusalOf(issuer.token()),
    );
    await issuerIs.asked;

    deadline.end(new DeadlineExceeded(5_000));
    expect(await hurried).toBeInstanceOf(DeadlineExceeded);

    issuerIs.answers();
    expect(await patient).toBeNull();
    expect(issuer.fetches).toBe(1);
  });
});
