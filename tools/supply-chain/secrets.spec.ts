import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../process/refusal.ts';
import { findSecrets } from './secrets.ts';

/** Put together here, so that this file holds none. */
const TOKEN = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');
const databaseUrl = (password: string) => ['postgres:', '', `store:${password}@db.example/store`].join('/');

describe('the search for secrets', () => {
  let folder: string;
  const put = (name: string, text: string) => writeFile(join(folder, name), text);

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'secrets-')));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('finds each, says where, and does not repeat it', async () => {
    await put('clean.ts', 'export const port = 3000;\n');
    await put('token.md', `# Set up\nexport TOKEN=${TOKEN}\n`);
    await put('config.yaml', `url: ${databaseUrl('tr0ub4dor')}\n`);

    const found = await findSecrets(folder, ['clean.ts', 'token.md', 'config.yaml']);

    const findings = found.toSorted((one, other) => other.where.localeCompare(one.where)); // it reads them side by side
    expect(findings.map(({ where }) => where)).toEqual(['token.md:2:13', 'config.yaml:1:5']);
    expect(findings.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^\[GITHUB_TOKEN\]/),
      expect.stringMatching(/^\[PostgreSQLConnection\]/),
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/wWPw5k|tr0ub4dor/);
  });

  it('finds one in a file that .gitignore names: it may be tracked all the same', async () => {
    await put('.gitignore', '.env\n');
    await put('.env', `TOKEN=${TOKEN}\n`);

    expect(await findSecrets(folder, ['.env'])).toHaveLength(1);
  });

  it('takes a name as it is, not as a pattern', async () => {
    await put('[a].ts', `// ${TOKEN}\n`);

    expect(await findSecrets(folder, ['[a].ts'])).toHaveLength(1);
  });

  it('lets the passwords pass that tests and examples use', async () => {
    await put('example.ts', [databaseUrl('canary'), databaseUrl('$password'), databaseUrl('hunter2')].join('\n'));

    expect(await findSecrets(folder, ['example.ts'])).toEqual([]);
  });

  it.each([
    ['before another URL', `${databaseUrl('canary')},${databaseUrl('tr0ub4dor')}`],
    ['at the end of a real one', databaseUrl('tr0ub4dor:canary')],
    ['at the start of a real one', databaseUrl('canary2')],
  ])('lets none of them pass %s', async (_, text) => {
    await put('example.ts', text);

    expect(await findSecrets(folder, ['example.ts'])).toHaveLength(1);
  });

  it('lets one host of examples have a dummy, and no other host or password', async () => {
    const at = (password: string, host: string) => ['https:', '', `user:${password}@${host}/keys`].join('/');
    await put('good.ts', at('canary', 'login.example.com'));
    await put(
      'bad.ts',
      [at('tr0ub4dor', 'login.example.com'), at('canary', 'login.example.com.evil.example')].join('\n'),
    );

    expect(await findSecrets(folder, ['good.ts'])).toEqual([]);
    expect(await findSecrets(folder, ['bad.ts'])).toHaveLength(2);
  });

  it('reads more files than one command line holds', async () => {
    const names = Array.from({ length: 401 }, (_, index) => `${index}.txt`);
    await Promise.all(names.map((name) => put(name, name === '400.txt' ? TOKEN : 'clean')));

    expect((await findSecrets(folder, names)).map(({ where }) => where)).toEqual(['400.txt:1:0']);
  });

  it('does not pass for clean when it can not read', async () => {
    await expect(findSecrets(folder, ['no-such-file'])).rejects.toThrow(Refusal);
  });
});
