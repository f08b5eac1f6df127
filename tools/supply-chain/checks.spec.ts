import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHECKOUT } from './checkout.ts';
import { checksOf } from './checks.ts';
import { runChecks } from './run-checks.ts';
import { aLock, aLockedPackage } from './testing/package-lock.builder.ts';

/** Ten seconds on a quiet machine; they are not the subject. */
const WHOLE_PROJECT_TIMEOUT_MS = 120_000;

/** One violation for each check. The names are those of the checks. */
const PLANTS: Readonly<Record<string, string>> = {
  'lock file': 'unsigned@1.0.0 (node_modules/unsigned)',
  'dependency versions': 'package.json dependencies ranged',
  'install scripts': 'scripted@1.0.0 (node_modules/scripted)',
  deprecations: 'deprecated@1.0.0 (node_modules/deprecated)',
  licences: 'copyleft@1.0.0 (node_modules/copyleft)',
  secrets: 'notes.txt:1:0',
  redos: 'libs/slow.ts:1 /^(a+)+$/',
};

describe('the checks of the supply chain', () => {
  let project: string;
  const put = (name: string, text: string) => writeFile(join(project, name), text);

  beforeAll(async () => {
    project = await realpath(await mkdtemp(join(tmpdir(), 'planted-')));
    execFileSync('git', ['init', '--quiet'], { cwd: project });
    await mkdir(join(project, 'libs'));
    await put(
      'package.json',
      JSON.stringify({ name: 'planted', version: '1.0.0', dependencies: { ranged: '^1.0.0' } }),
    );
    const lock = aLock({
      unsigned: { version: '1.0.0', license: 'MIT' },
      scripted: aLockedPackage({ hasInstallScript: true }),
      deprecated: aLockedPackage({ deprecated: 'no longer supported' }),
      copyleft: aLockedPackage({ license: 'AGPL-3.0-only' }),
    });
    await put('package-lock.json', JSON.stringify(lock));
    const github = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');
    await put('notes.txt', [github, ['eyJhbGc', 'eyJzdWIiOiJh', 'c2ln'].join('.').padStart(26)].join('\n'));
    await put(
      'libs/slow.ts',
      'export const SLOW = /^(a+)+$/;\nexport const unread = (source: string) => RegExp(source);\n',
    );
  });
  afterAll(() => rm(project, { recursive: true }));

  it('have a plant each', () => {
    expect(Object.keys(checksOf(project))).toEqual(Object.keys(PLANTS));
  });

  it.each(Object.entries(PLANTS))('find what is planted for: %s', async (name, where) => {
    const findings = await checksOf(project)[name]?.();

    expect(findings?.map((finding) => finding.where)).toContain(where);
  });

  it('find a token of our own kind as well', async () => {
    const findings = await checksOf(project)['secrets']?.();

    expect(findings?.map((finding) => finding.where)).toContain('notes.txt:2:8');
  });

  it('find an expression of run time as well', async () => {
    const findings = await checksOf(project)['redos']?.();

    expect(findings?.map((finding) => finding.where)).toContain('libs/slow.ts:2');
  });

  it('refuse to pass where there is no code to look at', async () => {
    const empty = join(project, 'empty');
    await mkdir(empty);

    await expect(checksOf(empty)['redos']?.()).rejects.toThrow('No code was found to check');
  });

  it(
    'all pass for this project',
    async () => {
      const said: string[] = [];

      const code = await runChecks(checksOf(CHECKOUT), (line) => said.push(line));

      expect(said).toEqual(Object.keys(PLANTS).map((name) => expect.stringMatching(`^ok  ${name} `)));
      expect(code).toBe(0);
    },
    WHOLE_PROJECT_TIMEOUT_MS,
  );
});

describe('a run of checks', () => {
  const finding = { where: 'a@1.0.0', problem: 'is deprecated', wayOut: 'Replace it.' };

  it('blocks on one finding among checks that pass, and says what to do', async () => {
    const said: string[] = [];
    const checks = { first: () => Promise.resolve([finding]), second: () => Promise.resolve([]) };

    const code = await runChecks(checks, (line) => said.push(line));

    expect(code).toBe(1);
    expect(said[0]).toMatch(/^BLOCKED {2}first /);
    expect(said[1]).toBe('  a@1.0.0\n    is deprecated\n    → Replace it.');
    expect(said[2]).toMatch(/^ok {2}second /);
  });

  it('does not pass when a check could not look', async () => {
    const checks = { first: () => Promise.reject(new Error('no git')), second: () => Promise.resolve([]) };

    await expect(runChecks(checks, () => undefined)).rejects.toThrow('no git');
  });
});
