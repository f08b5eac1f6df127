import {
  registeredRules,
  registeredSections,
  type SectionDeclaration,
  type SettingDeclaration,
  type SettingType,
  type SettingValue,
} from './registry.js';
import { pairsOf } from './pairs.js';
import { ruleWords } from './rule-words.js';
import './runtime-settings.js';

export interface SettingDescription {
  readonly variable: string;
  /** Where Nest's ConfigService finds it: `http.port`. */
  readonly path: string;
  readonly type: SettingType;
  /** All its rules in words; empty when any text will do. */
  readonly rule: string;
  readonly default: string | null;
  /** Takes the default's place outside production. */
  readonly development: string | null;
  readonly required: 'always' | 'in production' | 'no';
  readonly secret: boolean;
  readonly example: string | null;
  readonly description: string;
}

export interface SectionDescription {
  readonly section: string;
  readonly description: string;
  /** The one service that has these settings, where others don't. */
  readonly onlyOf?: string;
  readonly settings: readonly SettingDescription[];
  /** Rules over several settings, and which belong together, as sentences without a full stop. */
  readonly rules: readonly string[];
}

/** Everything that the docs tell about the settings imported so far. No value of any environment is in it. */
export function describeSettings(): readonly SectionDescription[] {
  return registeredSections().map((section) => ({
    section: section.section,
    description: section.description,
    settings: section.settings.map((setting) => describe(section, setting)),
    rules: [...rulesOf(section), ...pairsOf(section.type)],
  }));
}

function describe(section: SectionDeclaration, setting: SettingDeclaration): SettingDescription {
  return {
    variable: setting.variable,
    path: `${section.key}.${setting.property}`,
    type: setting.type,
    rule: ruleWords(section.type, setting),
    default: textOf(setting.default),
    development: textOf(setting.development),
    required: setting.required ? 'always' : setting.requiredInProduction ? 'in production' : 'no',
    secret: setting.secret === true,
    example: setting.example ?? null,
    description: setting.description,
  };
}

function rulesOf(section: SectionDeclaration): readonly string[] {
  const own = new Set(section.settings.map((setting) => setting.variable));
  return registeredRules()
    .filter((rule) => own.has(rule.variable))
    .map((rule) => `${rule.variable} ${rule.rule}`);
}

function textOf(value: SettingValue | undefined): string | null {
  return value === undefined ? null : typeof value === 'object' ? value.join(',') : String(value);
}
