import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { scrubbed } from './scrub.js';

const CANARY = 'c4nary';
/** What stands around it in a secret: anything but what ends the form. */
const around = (ends: RegExp) => fc.string({ maxLength: 30 }).filter((text) => !ends.test(text));
const secretWithout = (ends: RegExp) =>
  fc.tuple(around(ends), around(ends)).map(([before, after]) => `${before}${CANARY}${after}`);

const name = fc.constantFrom('password', 'DB_PASSWORD', 'clientSecret', 'x-api-key', 'access_token', 'AccountKey');
const header = fc.constantFrom('Authorization: ', 'cookie: ', 'Set-Cookie: ', 'Proxy-Authorization: Negotiate ');

const FORMS: [string, fc.Arbitrary<string>][] = [
  ['the password of a URL', secretWithout(/\s/).map((secret) => `postgres://store:${secret}@db:5432/store`)],
  ['the token of a URL', secretWithout(/[\s/?#]/).map((token) => `nats://${token}@broker`)],
  [
    'a value in JSON',
    fc.tuple(name, secretWithout(/^$/)).map(([key, secret]) => JSON.stringify({ [key]: secret, a: 1 })),
  ],
  [
    'a value in JSON in JSON',
    fc.tuple(name, secretWithout(/^$/)).map(([key, secret]) => JSON.stringify(JSON.stringify({ [key]: secret, a: 1 }))),
  ],
  ['a value in quotes', fc.tuple(name, secretWithout(/["\\]/)).map(([key, secret]) => `a=1 ${key}="${secret}" b=2`)],
  [
    'a value without quotes',
    fc.tuple(name, secretWithout(/[\r\n"'`[\]{}\\]/)).map(([key, secret]) => `a=1; ${key}=${secret}`),
  ],
  ['a header', fc.tuple(header, secretWithout(/[\r\n"'`[\]{}\\]/)).map(([before, secret]) => `${before}x${secret}`)],
  ['a key', secretWithout(/-----/).map((secret) => `-----BEGIN PRIVATE KEY-----${secret}-----END PRIVATE KEY-----`)],
];

describe('a secret in a message', () => {
  it.each(FORMS)('never survives, whatever it is and wherever it stands: %s', (_form, form) => {
    const text = fc
      .tuple(fc.string({ maxLength: 20 }), form)
      .map(([before, secret]) => `${before} ${secret} and so on`);
    fc.assert(
      fc.property(text, (message) => !scrubbed(message).includes(CANARY)),
      { numRuns: 500 },
    );
  });

  it.each(FORMS)('never survives where the message is cut: %s', (_form, form) => {
    const cut = fc.tuple(form, fc.nat(80));
    fc.assert(
      fc.property(cut, ([secret, max]) => !scrubbed(secret, max).includes(CANARY)),
      { numRuns: 300 },
    );
  });
});
