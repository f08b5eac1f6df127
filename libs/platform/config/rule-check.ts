import { validateSync } from '#platform/validation';
import type { SettingFault } from './configuration-invalid.js';
import type { LoadedSettings } from './loaded-settings.js';
import {
  registeredRules,
  registeredSections,
  type SectionDeclaration,
  type SettingsRuleDeclaration,
} from './registry.js';
import { ruleWords } from './rule-words.js';

/**
 * The settings of one class that break their own rules. The words come from the declaration, never from the
 * validator's answer.
 */
export function faultsWithin(section: SectionDeclaration, settings: object): SettingFault[] {
  const broken = brokenProperties(section, settings);
  return section.settings
    .filter((setting) => broken.has(setting.property))
    .map((setting) => ({ variable: setting.variable, rule: ruleWords(section.type, setting) }));
}

/** @throws Error without a cause when a validator throws: its error could quote the value */
function brokenProperties(section: SectionDeclaration, settings: object): ReadonlySet<string> {
  try {
    const errors = validateSync(settings, {
      skipUndefinedProperties: true,
      forbidUnknownValues: false, // a class may have settings that need no rule
      validationError: { target: false, value: false },
    });
    return new Set(errors.map((error) => error.property));
  } catch {
    throw new Error(`A validator of ${section.type.name} threw instead of answering.`);
  }
}

/**
 * The rules over several settings that do not hold, save those that look at a setting which is at fault itself or was
 * not asked for.
 * @throws Error when a rule names a variable that no class declares
 */
export function faultsBetween(
  loaded: LoadedSettings,
  sections: readonly SectionDeclaration[],
  ownFaults: readonly SettingFault[],
): SettingFault[] {
  const declared = variablesIn(registeredSections());
  const asked = variablesIn(sections);
  const faulty = new Set(ownFaults.map((fault) => fault.variable.replace(/_FILE$/, '')));
  return registeredRules()
    .filter((rule) => variablesOf(rule, declared).every((variable) => asked.has(variable) && !faulty.has(variable)))
    .filter((rule) => !holds(rule, loaded))
    .map(({ variable, rule }) => ({ variable, rule }));
}

const variablesIn = (sections: readonly SectionDeclaration[]): ReadonlySet<string> =>
  new Set(sections.flatMap((section) => section.settings.map((setting) => setting.variable)));

function variablesOf(rule: SettingsRuleDeclaration, declared: ReadonlySet<string>): readonly string[] {
  const variables = [rule.variable, ...rule.dependsOn];
  const unknown = variables.find((variable) => !declared.has(variable));
  if (unknown) throw new Error(`A rule of ${rule.type.name} speaks of ${unknown}, which is no setting.`);
  return variables;
}

function holds(rule: SettingsRuleDeclaration, loaded: LoadedSettings): boolean {
  const settings = loaded.get(rule.type);
  try {
    return rule.holds(settings, (type) => loaded.get(type));
  } catch {
    return false; // what it threw could quote a value
  }
}
