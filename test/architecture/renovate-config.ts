import { matchesGlob } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { baseImages, readCompose, readRootFile } from './container-files.js';

export interface PackageRule {
  readonly description: readonly string[];
  readonly matchPackageNames?: readonly string[];
  readonly matchDepTypes?: readonly string[];
  readonly matchUpdateTypes?: readonly string[];
  readonly groupName?: string;
  readonly enabled?: boolean;
  readonly dependencyDashboardApproval?: boolean;
}

export interface RenovateConfig {
  readonly extends: readonly string[];
  readonly enabledManagers: readonly string[];
  readonly minimumReleaseAge: string;
  readonly internalChecksFilter: string;
  readonly packageRules: readonly PackageRule[];
}

export const readRenovateConfig = (): RenovateConfig => JSON.parse(readRootFile('renovate.json')) as RenovateConfig;

const texts = { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 };
const managers = ['npm', 'dockerfile', 'docker-compose', 'github-actions'];
const updateTypes = ['major', 'minor', 'patch', 'pin', 'digest', 'lockFileMaintenance'];
const age = { type: 'string', pattern: String.raw`^\d+ days$` };

/**
 * The part of Renovate's schema (https://docs.renovatebot.com/renovate-schema.json) that we use, stricter: nothing
 * beyond it, because Renovate itself passes over a name that it does not know; and each rule says why.
 */
export const renovateConfigValidator = (): ValidateFunction =>
  new Ajv({ allErrors: true }).compile({
    type: 'object',
    required: ['$schema', 'extends', 'enabledManagers', 'minimumReleaseAge', 'internalChecksFilter', 'packageRules'],
    additionalProperties: false,
    properties: {
      $schema: { const: 'https://docs.renovatebot.com/renovate-schema.json' },
      description: texts,
      extends: texts,
      enabledManagers: { ...texts, items: { enum: managers }, uniqueItems: true },
      schedule: texts,
      prConcurrentLimit: { type: 'integer', minimum: 1 },
      minimumReleaseAge: age,
      internalChecksFilter: { enum: ['strict', 'flexible', 'none'] },
      osvVulnerabilityAlerts: { type: 'boolean' },
      vulnerabilityAlerts: {
        type: 'object',
        additionalProperties: false,
        properties: { description: texts, labels: texts, minimumReleaseAge: age, schedule: texts },
      },
      lockFileMaintenance: {
        type: 'object',
        additionalProperties: false,
        properties: { enabled: { type: 'boolean' }, schedule: texts },
      },
      packageRules: {
        type: 'array',
        items: {
          type: 'object',
          required: ['description'],
          additionalProperties: false,
          properties: {
            description: texts,
            matchPackageNames: texts,
            matchDepTypes: { ...texts, items: { enum: ['overrides', 'engines'] } },
            matchUpdateTypes: { ...texts, items: { enum: updateTypes } },
            groupName: { type: 'string', minLength: 1 },
            enabled: { type: 'boolean' },
            dependencyDashboardApproval: { type: 'boolean' },
          },
        },
      },
    },
  });

/** The names that Renovate finds in this repository: packages asked for, and images built on or run. */
export function updatableNames(): readonly string[] {
  const manifest = JSON.parse(readRootFile('package.json')) as Record<string, Record<string, string>>;
  const packages = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
  const services = Object.values(readCompose().services).map(({ image = '' }) => image);
  const images = [...baseImages(), ...services.filter((image) => !image.startsWith('mainstay-'))];
  return [...new Set([...packages, ...images.map((image) => image.split(':')[0] ?? '')])].sort();
}

/** As Renovate matches a name: by a regular expression between slashes, else by a glob. */
export const matchesName = (pattern: string, name: string): boolean =>
  pattern.startsWith('/') ? new RegExp(pattern.slice(1, -1)).test(name) : matchesGlob(name, pattern);

/** Patterns that no name answers to: they guard nothing. */
export const idlePatterns = (rules: readonly PackageRule[], names: readonly string[]): readonly string[] =>
  rules
    .flatMap(({ matchPackageNames = [] }) => matchPackageNames)
    .filter((pattern) => !names.some((name) => matchesName(pattern, name)));

/** The group of a name; with several rules the last one wins, as in Renovate. */
export const groupOf = (name: string, rules: readonly PackageRule[]): string | undefined =>
  rules.findLast(({ groupName, matchPackageNames = [] }) => {
    return groupName !== undefined && matchPackageNames.some((pattern) => matchesName(pattern, name));
  })?.groupName;
