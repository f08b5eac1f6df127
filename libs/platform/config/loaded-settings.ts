import type { SettingsClass } from './registry.js';
import type { SettingOrigin } from './source.js';

/** One settings class with its frozen instance; `key` is its path in Nest's ConfigService. */
export interface LoadedSection {
  readonly type: SettingsClass;
  readonly key: string;
  readonly settings: object;
  /** By the name of the property. */
  readonly origins: ReadonlyMap<string, SettingOrigin>;
}

/** The settings of this process, read once. */
export class LoadedSettings {
  /** @param warnings lines worth logging at boot: names that look like misspelt settings, settings without their partner */
  constructor(
    readonly sections: readonly LoadedSection[],
    readonly warnings: readonly string[],
  ) {}

  /** @throws Error when the class is not decorated with `@Settings`, or was imported after loading */
  get<T extends object>(type: SettingsClass<T>): T {
    const found = this.sections.find((section) => section.type === type)?.settings;
    if (found instanceof type) return found;
    throw new Error(`${type.name} is no settings class, or was imported after the settings were loaded.`);
  }
}
