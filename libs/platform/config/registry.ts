/** How the text of a variable is read. A list is comma separated. */
export type SettingType = 'string' | 'number' | 'boolean' | 'list';
export type SettingValue = string | number | boolean | readonly string[];

export interface SettingOptions {
  /** One or two sentences for docs/configuration.md: what it does, and why the default is what it is. */
  readonly description: string;
  /** The value when the variable is absent. A secret has none. */
  readonly default?: SettingValue;
  /** Takes the place of `default` wherever NODE_ENV is not `production`. */
  readonly development?: SettingValue;
  /** Its value may also come from the file that `<NAME>_FILE` names, and it is not enumerable on the instance. */
  readonly secret?: boolean;
  /** Absence is a fault everywhere. */
  readonly required?: boolean;
  /** Absence is a fault where NODE_ENV is `production`. */
  readonly requiredInProduction?: boolean;
  /** What .env.example shows where there is no default. */
  readonly example?: string;
  /** Needed only where the compiler can't tell it from the property: aliases and unions of literals. */
  readonly type?: SettingType;
}

export interface SettingDeclaration extends SettingOptions {
  readonly variable: string;
  readonly property: string;
  readonly type: SettingType;
}

export type SettingsClass<T extends object = object> = new () => T;

/** Gives the instance of any settings class, also while rules between sections are checked. */
export type SettingsLookup = <T extends object>(type: SettingsClass<T>) => T;

/** A rule that looks at several settings. Its words are fixed, so that no value can slip into a report. */
export interface SettingsRuleDeclaration {
  readonly type: SettingsClass;
  readonly variable: string;
  /** The other variables that it looks at; while one of them is at fault itself, this rule keeps silent. */
  readonly dependsOn: readonly string[];
  readonly rule: string;
  readonly holds: (settings: object, get: SettingsLookup) => boolean;
}

export interface SectionDeclaration {
  readonly type: SettingsClass;
  /** The heading in the docs. */
  readonly section: string;
  /** The first part of the path in Nest's ConfigService: `Event delivery` is `eventDelivery`. */
  readonly key: string;
  readonly description: string;
  readonly settings: readonly SettingDeclaration[];
}

const sections = new Map<SettingsClass, SectionDeclaration>();
const rules: SettingsRuleDeclaration[] = [];

/** @throws Error when the section, its class or one of its variables is declared already */
export function registerSection(declared: SectionDeclaration): void {
  for (const other of sections.values()) {
    if (other.key === declared.key) throw new Error(`The settings section ${declared.section} is declared twice.`);
    const names = new Set(other.settings.map((setting) => setting.variable));
    const shared = declared.settings.find((setting) => names.has(setting.variable));
    if (shared) throw new Error(`${shared.variable} is a setting of ${other.section} and of ${declared.section}.`);
  }
  sections.set(declared.type, Object.freeze(declared));
}

export function registerRule(rule: SettingsRuleDeclaration): void {
  rules.push(Object.freeze(rule));
}

/** Every section declared by what has been imported so far, sorted by its heading: import order must not show. */
export function registeredSections(): readonly SectionDeclaration[] {
  return [...sections.values()].sort((a, b) => (a.section < b.section ? -1 : 1));
}

export function registeredRules(): readonly SettingsRuleDeclaration[] {
  return [...rules].sort((a, b) => (a.variable + a.rule < b.variable + b.rule ? -1 : 1));
}
