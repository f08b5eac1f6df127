import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { scrubbed } from './scrub.js';

const secret = `c4nary${randomBytes(9).toString('hex')}`;
const CENSOR = '[redacted]';
const jwt = ['eyJhbGciOiJSUzI1NiJ9', secret, secret].join('.');

describe('a message in the log', () => {
  it.each([
    [
      `connect to postgres://store:${secret}@db:5432/store failed`,
      `connect to postgres://${CENSOR}@db:5432/store failed`,
    ],
    [`redis://:${secret}@cache:6379: ECONNREFUSED`, `redis://${CENSOR}@cache:6379: ECONNREFUSED`],
    [`nats://relay:${secret}@x${secret}@broker`, `nats://${CENSOR}@broker`],
    [`nats://${secret}@broker is away`, `nats://${CENSOR}@broker is away`],
    [`amqp://a:x/${secret}"y@broker is away`, `amqp://${CENSOR}@broker is away`],
    [`refused: Bearer ${secret}`, 'refused: Bearer [redacted]'],
    [`Authorization: Digest username="a", response="${secret}"\nHost: db`, 'Authorization: [redacted]\nHost: db'],
    [`the token ${jwt} is not valid`, 'the token [redacted] is not valid'],
    [`host=db password=${secret} user=${secret}`, `host=db password=${CENSOR}`],
    [`host=db password='pa ${secret}' user=store`, `host=db password='${CENSOR}' user=store`],
    [`{"client_secret":"hun ter2,${secret}","scope":"a"}`, '{"client_secret":"[redacted]","scope":"a"}'],
    [`{\\"password\\":\\"x ${secret}\\",\\"a\\":1}`, `{\\"password\\":\\"${CENSOR}\\",\\"a\\":1}`],
    [`{"password":"a\\"${secret}","scope":"a"}`, '{"password":"[redacted]","scope":"a"}'],
    [`GET /x?access_token=${secret}&limit=5`, 'GET /x?access_token=[redacted]'],
    [`Set-Cookie: sid=1; a=${secret}`, 'Set-Cookie: [redacted]'],
    [`'set-cookie': [\n  'sid=${secret}'\n ]`, `'set-cookie': ${CENSOR}]`],
    [`[ 'Authorization', 'Token ${secret}', 'Host' ]`, `[ 'Authorization', '${CENSOR}', 'Host' ]`],
    [`AccountName=a;AccountKey=${secret}`, `AccountName=a;AccountKey=${CENSOR}`],
    [`-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\nx`, `${CENSOR}\nx`],
    [`-----BEGIN PRIVATE KEY-----\\n${secret}`, CENSOR],
  ])('does not hold the secret of %s', (message, clean) => {
    const text = scrubbed(message);
    expect(text).not.toContain(secret);
    expect(text).toBe(clean);
  });

  it.each([
    'connect ECONNREFUSED 127.0.0.1:5432',
    'password authentication failed for user "store"',
    'http://recommender:3000/v1/products/7/recommendations gave 500',
    "The token issuer's keys can't be fetched.",
    'Unexpected token < in JSON at position 0',
    'at Router.find (file:///app/node_modules/@nestjs/core/router/access-tokens.js:12:5)',
  ])('says all that it said: %s', (message) => {
    expect(scrubbed(message)).toBe(message);
  });

  it.each([
    [1_980, 20],
    [1_980, 500],
    [9_980, 20],
  ])('holds nothing of a password in which it is cut, at %d, %d times as long', (at, times) => {
    const text = scrubbed(`${'x '.repeat(at / 2)}postgres://a:${secret.repeat(times)}@db`);
    expect(text).not.toContain('c4n');
  });

  it('is of bounded length', () => {
    expect(scrubbed('x'.repeat(1_000_000), 50)).toBe(`${'x'.repeat(50)}…`);
  });

  it.each([
    'a://',
    'a://b:',
    '@://x@',
    'bearer ',
    'eyJaaaaaaaa.',
    'x-token',
    'password=',
    'password="',
    'password"    ',
    "'token',",
    'cookie\\\\\\\\',
    'token:[',
    '-----BEGIN ',
    '-----BEGIN A-----END ',
  ])('is looked through in linear time, whatever it is: %s', (part) => {
    const startedAtMs = performance.now();
    scrubbed(part.repeat(100_000), 100_000);
    expect(performance.now() - startedAtMs).toBeLessThan(SLACK_MS);
  });
});
