import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CHECKOUT } from './checkout.ts';
import { findInexactVersions, readManifest } from './dependency-versions.ts';

const exact = { a: '1.0.0' };

describe('the versions that package.json asks for', () => {
  it.each([
    '^1.0.0',
    '~1.0.0',
    '1.x',
    '1',
    '1.0',
    '*',
    '',
    'latest',
    '>=1.0.0',
    '1.0.0 || 2.0.0',
    '1.0.0 - 2.0.0',
    'npm:b@1.0.0',
    'git+https://git.example/a.git#0123abc',
    'git+ssh://git@git.example/a.git',
    'github:a/a',
    'a/a',
    'https://packages.example/a-1.0.0.tgz',
    'file:../a',
    'link:../a',
    'workspace:1.0.0',
    '$a',
  ])('are not %j', (version) => {
    expect(findInexactVersions({ dependencies: { ...exact, b: version } })).toEqual([
      expect.objectContaining({
        where: 'package.json dependencies b',
        problem: `asks for ${version}, which is no exact version of the registry`,
      }),
    ]);
  });

  it.each(['1.0.0', '10.20.30', '18.4.0-beta.17', '1.0.0+build.5'])('may be %s', (version) => {
    expect(findInexactVersions({ dependencies: { a: version } })).toEqual([]);
  });

  it.each(['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'])(
    'are exact in %s',
    (group) => {
      expect(findInexactVersions({ [group]: { a: '^1.0.0' } })).toHaveLength(1);
    },
  );

  it('are exact in overrides below other packages', () => {
    expect(findInexactVersions({ overrides: { a: { '.': '1.0.0', b: { c: '^1.0.0' } } } })).toEqual([
      expect.objectContaining({ where: 'package.json overrides a b c' }),
    ]);
  });

  it('are exact in this project, and many', async () => {
    const manifest = await readManifest(join(CHECKOUT, 'package.json'));

    expect(findInexactVersions(manifest)).toEqual([]);
    expect(Object.keys(manifest.dependencies ?? {}).length).toBeGreaterThan(10);
    expect(Object.keys(manifest.devDependencies ?? {}).length).toBeGreaterThan(10);
  });
});
