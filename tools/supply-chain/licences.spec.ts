import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEVELOPMENT_LICENCES, SHIPPED_LICENCES } from './licence-policy.ts';
import { findForbiddenLicences, installedLicences, type Licences } from './licences.ts';
import { aLock, aLockedPackage } from './testing/package-lock.builder.ts';

const TOOL_LICENCE = 'Artistic-2.0';
const inProduction = (license: string) => aLock({ a: aLockedPackage({ license }) });
const inDevelopment = (license: string) => aLock({ a: aLockedPackage({ license, dev: true }) });

describe('the policy of licences', () => {
  it.each(['GPL-3.0-only', 'AGPL-3.0-only', 'UNLICENSED', 'MIT AND GPL-2.0-only', 'MIT*', TOOL_LICENCE])(
    'keeps %s out of production',
    (licence) => {
      expect(findForbiddenLicences(inProduction(licence), {})).toEqual([
        expect.objectContaining({
          where: 'a@1.0.0 (node_modules/a)',
          problem: `has ${licence}, which the policy for production does not allow`,
        }),
      ]);
    },
  );

  it.each(['GPL-3.0-only', 'UNLICENSED', `${TOOL_LICENCE} AND GPL-3.0-only`, 'BSD*', 'toString'])(
    'keeps %s out of development',
    (licence) => {
      expect(findForbiddenLicences(inDevelopment(licence), {})).toEqual([
        expect.objectContaining({ problem: `has ${licence}, which the policy for development does not allow` }),
      ]);
    },
  );

  it.each([...SHIPPED_LICENCES, 'GPL-3.0-only OR MIT'])('lets %s be shipped', (licence) => {
    expect(findForbiddenLicences(inProduction(licence), {})).toEqual([]);
  });

  it.each(Object.keys(DEVELOPMENT_LICENCES))('lets %s be used to develop', (licence) => {
    expect(findForbiddenLicences(inDevelopment(licence), {})).toEqual([]);
  });

  it('is strict with what both production and development reach', () => {
    const lock = aLock({ a: { ...aLockedPackage({ license: TOOL_LICENCE }), devOptional: true } as object });

    expect(findForbiddenLicences(lock, {})).toHaveLength(1);
  });

  it('refuses a package without a licence', () => {
    expect(findForbiddenLicences(aLock({ a: { version: '1.0.0' } }), {})).toEqual([
      expect.objectContaining({ problem: 'has no licence, which the policy for production does not allow' }),
    ]);
  });

  it('believes what is installed more than what the lock file says', () => {
    expect(findForbiddenLicences(inProduction('MIT'), { 'node_modules/a': 'GPL-3.0-only' })).toHaveLength(1);
    expect(findForbiddenLicences(inProduction('GPL-3.0-only'), { 'node_modules/a': 'MIT' })).toEqual([]);
  });
});

describe('the licences of what is installed', () => {
  let folder: string;
  let licences: Licences;
  const install = async (place: string, manifest: object, text?: string) => {
    await mkdir(join(folder, 'node_modules', place), { recursive: true });
    await writeFile(join(folder, 'node_modules', place, 'package.json'), JSON.stringify(manifest));
    if (text) await writeFile(join(folder, 'node_modules', place, 'LICENSE'), text);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'installed-'));
    const dependencies = { declares: '1.0.0', guessed: '1.0.0', silent: '1.0.0', '@scope/either': '1.0.0' };
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'x', version: '1.0.0', dependencies }));
    await install('declares', { name: 'declares', version: '1.0.0', license: 'GPL-3.0-only' });
    await install(
      'guessed',
      { name: 'guessed', version: '1.0.0' },
      'Permission is hereby granted, free of charge, to any',
    );
    await install('silent', { name: 'silent', version: '1.0.0' });
    await install('@scope/either', { name: '@scope/either', version: '1.0.0', license: '(MIT OR WTFPL)' });
    licences = await installedLicences(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are those of the manifests, by place', () => {
    expect(licences).toMatchObject({
      'node_modules/declares': 'GPL-3.0-only',
      'node_modules/@scope/either': '(MIT OR WTFPL)',
    });
  });

  it.each(['guessed', 'silent'])('are not good enough when the manifest has none: %s', (name) => {
    const lock = aLock({ [name]: aLockedPackage({ license: 'MIT', dev: true }) });

    expect(findForbiddenLicences(lock, licences)).toHaveLength(1);
  });
});
