import { describe, expect, it } from '@jest/globals';
import { findUntrustedSources } from './sources.ts';
import { LOCK_FILE } from './checkout.ts';
import { readPackageLock } from './package-lock.ts';
import { aLock, aLockedPackage, SHA512 } from './testing/package-lock.builder.ts';
import { lintLockFile } from './lint-lock-file.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ARCHIVE = 'https://registry.npmjs.org/a/-/a-1.0.0.tgz';
const bundled = { version: '1.0.0', inBundle: true };
const problemsOf = (lock: ReturnType<typeof aLock>) => findUntrustedSources(lock).map(({ problem }) => problem);

describe('the sources of packages', () => {
  it.each([
    ['no integrity', { version: '1.0.0' }, 'has no integrity'],
    ['a sha1', { version: '1.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, /^has no sha512 but sha1-/],
    ['half a sha512', { version: '1.0.0', integrity: SHA512.slice(0, 40) }, /^has no sha512 but sha512-/],
    ['no version', { integrity: SHA512 }, /^has no version/],
    ['a link', { link: true, resolved: '../elsewhere' }, /^is a link to a folder/],
    [
      'another host',
      aLockedPackage({ resolved: 'https://packages.example/a/-/a-1.0.0.tgz' }),
      /^comes from https:\/\/pack/,
    ],
    ['an archive of the registry', aLockedPackage({ resolved: ARCHIVE }), /^comes from https:\/\/registry/],
    ['an empty address', aLockedPackage({ resolved: '' }), /^comes from /],
    ['an address for its version', aLockedPackage({ version: 'https://packages.example/a.tgz' }), /^has https:/],
    ['an alias for its version', aLockedPackage({ version: 'npm:b@1.0.0' }), /^has npm:b@1.0.0 for/],
    ['a range for its version', aLockedPackage({ version: '^1.0.0' }), /^has \^1.0.0 for/],
    ['git', aLockedPackage({ resolved: 'git+ssh://git@github.com/a/a.git#0123abc' }), /^comes from git\+ssh/],
  ])('are refused with %s', (_, locked, problem) => {
    const lock = aLock({ good: aLockedPackage(), bad: locked });

    const findings = findUntrustedSources(lock);

    expect(findings).toHaveLength(1);
    expect(findings[0]?.where).toContain('(node_modules/bad)');
    expect(findings[0]?.problem).toMatch(problem);
  });

  it('are seen below other packages too', () => {
    expect(problemsOf(aLock({ 'a/node_modules/@b/c': { version: '1.0.0' } }))).toEqual(['has no integrity']);
  });

  it('are accepted with a version and a sha512', () => {
    expect(problemsOf(aLock({ a: aLockedPackage(), b: aLockedPackage({ version: '1.0.0-rc.1' }) }))).toEqual([]);
  });

  it('are the archive of the parent for a bundled package', () => {
    const parent = aLockedPackage({ bundleDependencies: ['@b/c'] });

    expect(problemsOf(aLock({ a: parent, 'a/node_modules/@b/c': bundled }))).toEqual([]);
  });

  it.each([
    ['nothing, because it stands at the top', { b: bundled }],
    ['nobody', { a: aLockedPackage(), 'a/node_modules/b': bundled }],
    ['another name', { a: aLockedPackage({ bundleDependencies: ['c'] }), 'a/node_modules/b': bundled }],
    ['no entry', { 'a/node_modules/b': bundled }],
    [
      'a package elsewhere',
      { a: aLockedPackage({ bundleDependencies: ['b'] }), c: aLockedPackage(), 'c/node_modules/b': bundled },
    ],
    [
      'a bundled package',
      { a: aLockedPackage({ inBundle: true, bundleDependencies: ['b'] }), 'a/node_modules/b': bundled },
    ],
  ])('are unknown for a package without a hash that is bundled by %s', (_, packages) => {
    expect(problemsOf(aLock(packages))).toEqual([expect.stringContaining('no package with one lists it as bundled')]);
  });

  it('are unknown for what is bundled by a package without a hash', () => {
    const lock = aLock({ a: { version: '1.0.0', bundleDependencies: ['b'] }, 'a/node_modules/b': bundled });

    expect(problemsOf(lock)).toHaveLength(2);
  });

  it('are not judged in a lock file of another version', () => {
    expect(problemsOf({ ...aLock({}), lockfileVersion: 1 })).toEqual([expect.stringContaining('is of version 1')]);
  });

  it('are good in this project, and many', async () => {
    const lock = await readPackageLock(LOCK_FILE);

    expect(findUntrustedSources(lock)).toEqual([]);
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  });
});

describe('lockfile-lint', () => {
  const lint = async (lock: object) => {
    const folder = await mkdtemp(join(tmpdir(), 'lock-file-'));
    try {
      await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
      return await lintLockFile(join(folder, 'package-lock.json'));
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  it.each([
    ['another host', aLockedPackage({ resolved: 'https://packages.example/a/-/a-1.0.0.tgz' }), 'invalid host'],
    ['http', aLockedPackage({ resolved: 'http://registry.npmjs.org/a/-/a-1.0.0.tgz' }), 'invalid protocol'],
    ['another name', aLockedPackage({ resolved: 'https://registry.npmjs.org/b/-/b-1.0.0.tgz' }), 'different name'],
    ['a sha1', { version: '1.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'invalid integrity hash type'],
  ])('refuses %s', async (_, locked, problem) => {
    const findings = await lint(aLock({ a: locked }));

    expect(findings).toEqual([expect.objectContaining({ problem: expect.stringContaining(problem) })]);
  });

  it('accepts an entry of the registry', async () => {
    expect(await lint(aLock({ a: aLockedPackage({ resolved: ARCHIVE }) }))).toEqual([]);
  });

  it('accepts the lock file of this project', async () => {
    expect(await lintLockFile(LOCK_FILE)).toEqual([]);
  });
});
