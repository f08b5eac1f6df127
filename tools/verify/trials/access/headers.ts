import type { Answer } from '../../stage/ask.ts';
import { allOf } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const EXPECTED: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /default-src 'none'/,
  'strict-transport-security': /max-age=\d{7,}/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-resource-policy': /^same-origin$/,
};
const FORBIDDEN = ['server', 'x-powered-by', 'access-control-allow-origin'];

export const HEADERS: Trial = {
  promise: 'F3',
  says: 'Each answer tells browsers that it is data; sizes are bounded; no origin is let in that is not listed',
  how: 'the headers of a 200, 401, 404 and 400 for a foreign origin; a body, URL and header beyond their limits',

  run: async ({ first }) => {
    const origin = { origin: 'https://evil.example' };
    const answers: (readonly [string, Answer])[] = [
      ['200', await first.ask('/v1/products?limit=1', { headers: origin })],
      ['401', await first.ask('/v1/orders', { headers: origin })],
      ['404', await first.ask('/nowhere', { headers: origin })],
      ['400', await first.ask('/v1/products?limit=x', { headers: origin })],
      ['414', await first.ask(`/v1/products?category=${'x'.repeat(5_000)}`, { headers: origin })],
      ['431', await first.ask('/v1/products', { headers: { ...origin, 'x-large': 'x'.repeat(20_000) } })],
    ];
    const faults = answers.flatMap(([status, answer]) => [
      ...(String(answer.status) === status ? [] : [`${answer.status} instead of ${status}`]),
      ...Object.entries(EXPECTED).flatMap(([name, rule]) => {
        const value = answer.headers.get(name);
        return rule.test(value ?? '') ? [] : [`${status}: ${name} is ${value}`];
      }),
      ...FORBIDDEN.filter((name) => answer.headers.has(name)).map((name) => `${status}: there is ${name}`),
    ]);
    return allOf(answers.length, 'answers with all headers', faults);
  },
};
