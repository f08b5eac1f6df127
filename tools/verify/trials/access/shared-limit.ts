import { type Answer, toldBy } from '../../stage/ask.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const MAX = 10;
const MORE = 4;

/** Sabotages that this is for: a limit of each replica's own, and one that all users share. */
export const SHARED_LIMIT: Trial = {
  promise: 'F4',
  says: 'A caller has one limit at all replicas together, is told what is left, and others are not touched',
  how: '14 requests by turns at two replicas with RATE_LIMIT_MAX=10, of an address, and of a user; one of another each',
  needs: ['redis'],

  run: async (stage) => {
    const env = { RATE_LIMIT_MAX: String(MAX), RATE_LIMIT_WINDOW_SECONDS: '600', TRUST_PROXY: '127.0.0.1' };
    const pair = await Promise.all([stage.extra(env), stage.extra(env)]);
    for (const replica of pair) await replica.ready();
    const ask = (n: number, caller: string) =>
      (n % 2 === 0 ? pair[0] : pair[1]).ask('/v1/products?limit=1', { headers: { 'x-forwarded-for': caller } });
    const askAs = (n: number, sub: string) =>
      (n % 2 === 0 ? pair[0] : pair[1]).ask('/v1/orders?limit=1', {
        headers: { 'x-forwarded-for': `203.0.113.${n + 9}`, authorization: stage.bearer(sub, 'orders:read') },
      });
    const answers: Answer[] = [];
    const ofUser: Answer[] = [];
    for (let n = 0; n < MAX + MORE; n += 1) {
      answers.push(await ask(n, '203.0.113.7'));
      ofUser.push(await askAs(n, 'verify-limited'));
    }
    const passed = answers.filter(({ status }) => status === 200);
    const refused = answers.filter((answer) => toldBy(answer) === '429 platform.rate-limited');
    const left = passed.map(({ headers }) => /r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]).join();
    const other = await ask(0, '203.0.113.8');
    return together([
      fact('passed', passed.length, MAX),
      fact('refused', refused.length, MORE),
      fact('left', left, Array.from({ length: MAX }, (_, n) => MAX - 1 - n).join()),
      fact('with Retry-After', refused.filter(({ headers }) => headers.has('retry-after')).length, MORE),
      fact('another address', other.status, 200),
      fact('of a user passed', ofUser.filter(({ status }) => status === 200).length, MAX),
      fact('another user', (await askAs(0, 'verify-unlimited')).status, 200),
    ]);
  },
};
