import { createHmac } from 'node:crypto';
import { encoded, newKey } from '../../../../libs/platform/testing/test-issuer.ts';
import { problemFault } from '../../api/problem.ts';
import type { Stage } from '../../stage/stage.ts';
import { allOf } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const SCOPE = 'orders:read';
const LIST = '/v1/orders?limit=1';
const SUB = 'verify-tokens';

/** What must not be let in, each by one fault. */
function badTokens({ issuer }: Stage): readonly (readonly [what: string, token: string])[] {
  const claims = { sub: SUB, scope: SCOPE };
  const good = issuer.token(claims);
  const [head = '', payload = '', signature = ''] = good.split('.');
  const rewritten = encoded({ ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), sub: 'admin' });
  const symmetric = `${encoded({ alg: 'HS256', typ: 'at+jwt', kid: issuer.key.kid })}.${payload}`;
  const secret = JSON.stringify(issuer.key.publicJwk);
  return [
    ['expired', issuer.token({ ...claims, exp: Math.floor(Date.now() / 1_000) - 120 })],
    ['without an end', issuer.token({ ...claims, exp: undefined })],
    ['not valid yet', issuer.token({ ...claims, nbf: Math.floor(Date.now() / 1_000) + 600 })],
    ['of another issuer', issuer.token({ ...claims, iss: 'https://elsewhere.example' })],
    ['for another service', issuer.token({ ...claims, aud: 'https://other.example' })],
    ['of another type', issuer.token(claims, { typ: 'JWT' })],
    ['of an unknown key', issuer.token(claims, {}, newKey())],
    ['of another key under a known name', issuer.token(claims, { kid: issuer.key.kid }, newKey())],
    ['without a subject', issuer.token({ ...claims, sub: undefined })],
    ['without a signature', `${encoded({ alg: 'none', typ: 'at+jwt' })}.${payload}.`],
    ['changed', `${head}.${rewritten}.${signature}`],
    [
      'signed with the public key',
      `${symmetric}.${createHmac('sha256', secret).update(symmetric).digest('base64url')}`,
    ],
    ['none at all', 'garbage'],
  ];
}

/** Sabotages that this is for: a check that is left out. */
export const TOKENS: Trial = {
  promise: 'F1',
  says: 'Only a token of the issuer, for this service, of now, under an allowed signature lets in; keys may change',
  how: '13 tokens with one fault each, a good one, and one of a key that the issuer drew a moment ago',

  run: async (stage) => {
    const { first, issuer } = stage;
    const ask = (token: string) => first.ask(LIST, { headers: { authorization: `Bearer ${token}` } });
    const bad = badTokens(stage);
    const faults: string[] = [];
    for (const [what, token] of bad) {
      const fault = problemFault(await ask(token), { status: 401 });
      if (fault !== null) faults.push(`${what}: ${fault}`);
    }
    const good = await ask(issuer.token({ sub: SUB, scope: SCOPE }));
    if (good.status !== 200) faults.push(`a good one: ${good.status}`);
    issuer.rotate();
    const rotated = await ask(issuer.token({ sub: SUB, scope: SCOPE }));
    if (rotated.status !== 200) faults.push(`one of a new key: ${rotated.status}`);
    return allOf(bad.length + 2, 'tokens are judged rightly', faults);
  },
};
