import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { findOwnSecrets, ownSecretsIn } from './own-secrets.ts';

/** Put together here, so that this file holds none. */
const name = (prefix: string) => `${prefix}PASS${'WORD'}`;
const comment = (form: string) => ['secretlint', form].join('-');
const encoded = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
const TOKEN = [encoded({ alg: 'ES256', kid: 'one' }), encoded({ sub: 'clerk' }), 'c2lnbmF0dXJl'].join('.');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = privateKey.export({ format: 'jwk' });

const problemsIn = (text: string, file = 'a.ts') => ownSecretsIn(file, text).map(({ problem }) => problem);

describe('credentials of our own kinds', () => {
  it.each([
    ['on one line', JSON.stringify(jwk)],
    ['laid out', JSON.stringify(jwk, null, 2)],
    ['inside a text', JSON.stringify(JSON.stringify(jwk))],
    ['in code', `const key = { kty: 'EC', d: '${jwk.d}' };`],
    ['that is shared', JSON.stringify({ kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url') })],
  ])('are a key %s', (_, text) => {
    expect(problemsIn(text)).toEqual(['holds a JWK with its secret']);
  });

  it('are no public key', () => {
    expect(problemsIn(JSON.stringify(publicKey.export({ format: 'jwk' })))).toEqual([]);
  });

  it.each([`const token = '${TOKEN}';`, `curl -H "authorization: Bearer ${TOKEN}"`])('are a token: %s', (text) => {
    expect(problemsIn(text)).toEqual(['holds a JWT']);
  });

  it.each([
    `${name('POSTGRES_')}=tr0ub4dor`,
    `${name('')}=tr0ub4dor npm start`,
    `export ${name('PG')}="tr0ub4dor"`,
    `ENV ${name('')}='tr0ub4dor'`,
    `const ${name('DATABASE_')} = 'tr0ub4dor';`,
    `{ "${name('').toLowerCase()}": "tr0ub4dor" }`,
    `ALTER ROLE store ${name('')} 'tr0ub4dor'`,
    `postgres://u:canary@h/db?${name('').toLowerCase()}=tr0ub4dor`,
    `https://h/?x=1&${name('').toLowerCase()}=tr0ub4dor`,
    `${name('')}=canary1`,
    `${name('')}=my-canary`,
  ])('are a literal: %s', (text) => {
    expect(problemsIn(text)).toEqual(['holds a password']);
  });

  it('are a bare literal in YAML, where code would have a name', () => {
    const text = `  ${name('POSTGRES_')}: tr0ub4dor\n`;

    expect(problemsIn(text, 'compose.yaml')).toEqual(['holds a password']);
    expect(problemsIn(text, 'a.ts')).toEqual([]);
  });

  it.each([
    `${name('')}=canary`,
    `${name('')}="$password"`,
    `${name('')}=$(cat file)`,
    `${name('')}=\${VALUE}`,
    `${name('POSTGRES_')}_FILE=/run/secrets/postgres`,
    `${name('')} = process.env['X']`,
    `if (${name('')} === other)`,
    `postgres://u:canary@h/db?${name('').toLowerCase()}=canary`,
    `"@inquirer/${name('').toLowerCase()}": "^5.2.2"`,
  ])('are no dummy, variable or path: %s', (text) => {
    expect(problemsIn(text)).toEqual([]);
  });

  it.each(['disable', 'disable-line', 'disable-next-line'])('are not to be hidden by %s', (form) => {
    expect(problemsIn(`// ${comment(form)}`)).toEqual(['holds a comment that switches secretlint off']);
  });

  it('are told by line and column, and not repeated', () => {
    const [finding] = ownSecretsIn('notes.md', `one\n  ${name('')}=tr0ub4dor`);

    expect(finding?.where).toBe('notes.md:2:2');
    expect(JSON.stringify(finding)).not.toContain('tr0ub4dor');
  });

  it('are looked for in files, and not behind links', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'own-secrets-'));
    try {
      await mkdir(join(folder, 'elsewhere'));
      await writeFile(join(folder, 'note'), TOKEN);
      await symlink('elsewhere', join(folder, 'link'));

      const findings = await findOwnSecrets(folder, ['note', 'link']);

      expect(findings.map(({ problem }) => problem)).toEqual(['holds a JWT']);
      await expect(findOwnSecrets(folder, ['no-such-file'])).rejects.toThrow('ENOENT');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
