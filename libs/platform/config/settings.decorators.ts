import 'reflect-metadata';
import {
  registerRule,
  registerSection,
  type SettingDeclaration,
  type SettingOptions,
  type SettingsClass,
  type SettingsLookup,
  type SettingType,
  type SettingValue,
} from './registry.js';

interface PendingSetting extends SettingOptions {
  readonly variable: string;
  readonly property: string;
}

/** Property decorators run before their class's: what they saw waits here for {@link Settings}. */
const pending = new WeakMap<object, PendingSetting[]>();

/**
 * Declares a class of settings; importing it is enough for `loadSettings` to read it.
 * @throws Error at import, when the declaration contradicts itself or another one
 */
export function Settings(options: { readonly section: string; readonly description: string }) {
  return (type: SettingsClass): void => {
    const found = pending.get(type.prototype as object) ?? [];
    registerSection({
      ...options,
      type,
      key: camelCase(options.section),
      settings: found.map((setting) => completed(type, setting)),
    });
  };
}

/** Fills the property from an environment variable. Rules are class-validator decorators on the same property. */
export function Setting(variable: string, options: SettingOptions): PropertyDecorator {
  return (prototype, property) => {
    const found = pending.get(prototype) ?? [];
    found.push({ ...options, variable, property: String(property) });
    pending.set(prototype, found);
  };
}

/**
 * A rule over several settings: `holds` sees the class's own instance, and others through `get`.
 * The rule is fixed text about names, never about values: it goes into reports and docs as it stands.
 */
export function SettingsRule<T extends object>(rule: SettingsRuleOptions<T>) {
  return (type: SettingsClass<T>): void => {
    const holds = (settings: object, get: SettingsLookup) => settings instanceof type && rule.holds(settings, get);
    registerRule({ type, variable: rule.variable, dependsOn: rule.dependsOn ?? [], rule: rule.rule, holds });
  };
}

export interface SettingsRuleOptions<T extends object> {
  /** The variable that a broken rule is reported at. */
  readonly variable: string;
  /** The other variables that `holds` looks at; while one of them is at fault itself, this rule keeps silent. */
  readonly dependsOn?: readonly string[];
  /** Continues the variable's name: `must be shorter than DATABASE_QUERY_TIMEOUT_MS`. */
  readonly rule: string;
  readonly holds: (settings: T, get: SettingsLookup) => boolean;
}

function completed(type: SettingsClass, setting: PendingSetting): SettingDeclaration {
  const refuse = (reason: string) => new Error(`The setting ${setting.variable} of ${type.name} ${reason}.`);
  const settingType = setting.type ?? typeFromMetadata(type, setting.property);
  if (!settingType) throw refuse('needs an explicit `type`: its property has none that remains at run time');
  const mistake = mistakeIn(setting, settingType);
  if (mistake) throw refuse(mistake);
  return Object.freeze({ ...setting, type: settingType });
}

/** What is wrong with a declaration, in words that continue its name; null when nothing is. */
function mistakeIn(setting: PendingSetting, type: SettingType): string | null {
  if (!/^[A-Z][A-Z0-9_]*$/.test(setting.variable)) return 'is not named in UPPER_SNAKE_CASE';
  if (setting.variable.endsWith('_FILE')) return 'ends in _FILE, which names the file of a secret';
  const defaults = [setting.default, setting.development].filter((value) => value !== undefined);
  if (defaults.some((value) => typeOf(value) !== type)) return `has a default that is no ${type}`;
  return setting.default === undefined ? null : contradictionOfDefault(setting);
}

function contradictionOfDefault(setting: PendingSetting): string | null {
  if (setting.secret) return 'is a secret with a default';
  return setting.required || setting.requiredInProduction ? 'is required and has a default' : null;
}

const TYPE_BY_CONSTRUCTOR = new Map<unknown, SettingType>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [Array, 'list'],
]);

function typeFromMetadata(type: SettingsClass, property: string): SettingType | undefined {
  const emitted: unknown = Reflect.getMetadata('design:type', type.prototype as object, property);
  return TYPE_BY_CONSTRUCTOR.get(emitted);
}

function typeOf(value: SettingValue): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

function camelCase(heading: string): string {
  const [first = '', ...others] = heading.toLowerCase().split(/[^a-z0-9]+/);
  return first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
