import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { developmentIssuer, type DevelopmentIssuer } from '../../../tools/development-issuer/development-issuer.ts';
import { freshKey } from '../support/idempotency-key.js';
import { StoreProcess } from '../support/store-process.js';

const ROOT = join(import.meta.dirname, '../../..');
const EXIT_CONFIGURATION = 78;
const REQUEST = { sub: 'alice', scope: 'catalog:write', lifetimeSeconds: 60 };
const product = { sku: 'DEV-1', name: 'Mug', category: 'tableware', price: { amount: 1, currency: 'EUR' }, stock: 1 };

let checkout: string;
let issuer: DevelopmentIssuer;
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'issuer-'));
  issuer = await developmentIssuer(checkout, {});
});
afterAll(() => rm(checkout, { recursive: true }));

describe('the development issuer', () => {
  it('gives tokens that a store in development takes', async () => {
    const store = await StoreProcess.start({ env: { NODE_ENV: 'development', ...issuer.env } });
    const authorization = `Bearer ${await issuer.issue(REQUEST)}`;

    const headers = { authorization, 'content-type': 'application/json', ...freshKey() };
    const answer = await fetch(`${store.url}/v1/products`, { method: 'POST', headers, body: JSON.stringify(product) });
    await store.stop();

    expect(answer.status).toBe(201);
  });

  it('keeps its keys, so that a token outlives a restart, and the private one to their owner', async () => {
    const again = await developmentIssuer(checkout, {});

    expect(again.env).toEqual(issuer.env);
    const keySet = fileURLToPath(issuer.env.JWKS_URL);
    expect((await stat(join(keySet, '../private-key.json'))).mode & 0o077).toBe(0);
    expect(await readFile(keySet, 'utf8')).not.toContain('"d"');
  });

  it('does not exist in production', async () => {
    await expect(developmentIssuer(checkout, { NODE_ENV: 'production' })).rejects.toThrow('no development issuer');
  });
});

describe('a store in production', () => {
  const refusalOf = async (env: Record<string, string | undefined>): Promise<string> => {
    const store = StoreProcess.launch({ databaseUrl: 'postgres://127.0.0.1:1/store', env });
    expect(await store.exited).toEqual({ code: EXIT_CONFIGURATION, signal: null });
    return store.stderr.join('\n');
  };

  it('does not start with the keys of the development issuer', async () => {
    expect(await refusalOf(issuer.env)).toMatch(/JWKS_URL must be https in production/);
  });

  it('does not start without an issuer, and names what is missing', async () => {
    const refusal = await refusalOf({ JWT_ISSUER: undefined, JWT_AUDIENCE: undefined, JWKS_URL: undefined });

    for (const name of ['JWT_ISSUER', 'JWT_AUDIENCE', 'JWKS_URL']) expect(refusal).toMatch(`${name} is required`);
  });
});

describe('npm run token', () => {
  const token = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    promisify(execFile)(process.execPath, [join(ROOT, 'tools/token.ts'), ...args], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], ...env },
    });

  it('prints a token, and nothing else', async () => {
    const { stdout } = await token(['--sub', 'alice', '--scope', 'orders:write catalog:write']);

    const [, payload = ''] = stdout.split('.');
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      sub: 'alice',
      scope: 'orders:write catalog:write',
    });
  });

  it.each<[string, readonly string[], NodeJS.ProcessEnv, string]>([
    ['without a user', ['--scope', 'a'], {}, '--sub must name the user'],
    ['with two blanks between scopes', ['--sub', 'alice', '--scope', 'a  b'], {}, '--scope must be scopes'],
    ['with a lifetime of none', ['--sub', 'alice', '--lifetime-seconds', '0'], {}, '--lifetime-seconds must be'],
    ['with an option that it does not know', ['--sub', 'alice', '--admin'], {}, "'--admin'"],
    ['in production', ['--sub', 'alice'], { NODE_ENV: 'production' }, 'no development issuer in production'],
    ['where another issuer is configured', ['--sub', 'alice'], { JWT_ISSUER: 'https://a.test' }, 'Another issuer'],
  ])('prints none %s, and says why', async (_when, args, env, reason) => {
    await expect(token(args, env)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(reason),
    });
  });
});
