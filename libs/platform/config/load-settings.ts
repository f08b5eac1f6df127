import { ConfigurationInvalid, type SettingFault } from './configuration-invalid.js';
import { convert } from './conversion.js';
import { LoadedSettings } from './loaded-settings.js';
import { misspellings } from './misspelling.js';
import { lonelySettings } from './pairs.js';
import {
  registeredSections,
  type SectionDeclaration,
  type SettingDeclaration,
  type SettingsClass,
  type SettingValue,
} from './registry.js';
import { faultsBetween, faultsWithin } from './rule-check.js';
import { ruleWords } from './rule-words.js';
import { isProduction } from './runtime-settings.js';
import { sourceOf, type SettingOrigin } from './source.js';

interface Draft {
  readonly section: SectionDeclaration;
  readonly settings: object;
  readonly origins: ReadonlyMap<string, SettingOrigin>;
  readonly faults: readonly SettingFault[];
}

/**
 * Reads every settings class that has been imported from the environment, and nothing from anywhere else but the
 * files that `*_FILE` variables name.
 * @param only the classes that a program of one purpose needs: it starts whatever is missing or wrong for the others
 * @throws ConfigurationInvalid with all faults at once
 */
export function loadSettings(env: NodeJS.ProcessEnv, only?: readonly SettingsClass[]): LoadedSettings {
  const sections = registeredSections().filter(({ type }) => only?.includes(type) ?? true);
  const drafts = sections.map((section) => draft(section, env));
  const loaded = new LoadedSettings(
    drafts.map(({ section: { type, key }, settings, origins }) => ({ type, key, settings, origins })),
    [...misspellings(env), ...lonelySettings(env)],
  );
  const ownFaults = drafts.flatMap((found) => found.faults);
  const faults = [...ownFaults, ...faultsBetween(loaded, sections, ownFaults)];
  if (faults.length > 0) throw new ConfigurationInvalid(faults, loaded.warnings);
  return loaded;
}

function draft(section: SectionDeclaration, env: NodeJS.ProcessEnv): Draft {
  const settings = new section.type();
  const faults: SettingFault[] = [];
  const origins = new Map<string, SettingOrigin>();
  for (const setting of section.settings) {
    const read = readSetting(section, setting, env);
    if ('fault' in read) faults.push(read.fault);
    else origins.set(setting.property, read.origin);
    // A secret is not enumerable, so that logging or serialising the settings by mistake does not show it.
    const value = 'fault' in read ? undefined : read.value;
    Object.defineProperty(settings, setting.property, { value, enumerable: setting.secret !== true });
  }
  faults.push(...faultsWithin(section, settings));
  return { section, settings: Object.freeze(settings), origins, faults };
}

type Read =
  { readonly value: SettingValue | undefined; readonly origin: SettingOrigin } | { readonly fault: SettingFault };

function readSetting(section: SectionDeclaration, setting: SettingDeclaration, env: NodeJS.ProcessEnv): Read {
  const source = sourceOf(setting, env);
  if ('fault' in source) return source;
  if (source.text === null) return whenAbsent(setting, isProduction(env));
  const value = convert(source.text, setting.type);
  if (value !== undefined) return { value, origin: source.from };
  return { fault: { variable: setting.variable, rule: ruleWords(section.type, setting) } };
}

function whenAbsent(setting: SettingDeclaration, production: boolean): Read {
  const origin = 'default';
  const value = production ? setting.default : (setting.development ?? setting.default);
  if (value !== undefined) return { value: typeof value === 'object' ? Object.freeze([...value]) : value, origin };
  if (setting.required) return { fault: { variable: setting.variable, rule: 'is required' } };
  if (setting.requiredInProduction && production) {
    return { fault: { variable: setting.variable, rule: 'is required in production' } };
  }
  return { value, origin };
}
