import type { LoadedSection, LoadedSettings } from './loaded-settings.js';
import { registeredSections, type SettingDeclaration, type SettingValue } from './registry.js';
import type { SettingOrigin } from './source.js';

export interface ReportedSetting {
  readonly variable: string;
  /** In force now; null where there is none, and for a secret always. */
  readonly value: string | null;
  readonly secret: boolean;
  readonly isSet: boolean;
  readonly origin: SettingOrigin;
}

export interface ReportedSection {
  readonly section: string;
  readonly settings: readonly ReportedSetting[];
}

/** What this process runs with, for people: of a secret only whether it is set, and from where. */
export function reportSettings(loaded: LoadedSettings): readonly ReportedSection[] {
  const byType = new Map(loaded.sections.map((section) => [section.type, section]));
  return registeredSections().flatMap(({ type, section, settings }) => {
    const found = byType.get(type);
    return found ? [{ section, settings: settings.map((setting) => report(setting, found)) }] : [];
  });
}

function report({ variable, property, secret = false }: SettingDeclaration, section: LoadedSection): ReportedSetting {
  const value = Reflect.get(section.settings, property) as SettingValue | undefined;
  const isSet = value !== undefined;
  const origin = section.origins.get(property) ?? 'default';
  return { variable, value: isSet && !secret ? textOf(value) : null, secret, isSet, origin };
}

const textOf = (value: SettingValue): string =>
  typeof value === 'object'
    ? value.map((item) => withoutCredentials(item)).join(', ')
    : withoutCredentials(String(value));

/** Settings that hold credentials are secrets. Somebody puts some into another URL one day all the same. */
function withoutCredentials(text: string): string {
  const url = URL.parse(text);
  if (url === null || !text.includes('://')) return text;
  const hidden = `${url.username}${url.password}${url.search}` !== '';
  if (!hidden) return text;
  return `${url.protocol}//${url.username || url.password ? '(hidden)@' : ''}${url.host}${url.pathname}${url.search ? '?(hidden)' : ''}`;
}
