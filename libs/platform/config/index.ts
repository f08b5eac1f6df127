export { ConfigurationInvalid, type SettingFault } from './configuration-invalid.js';
export { describeSettings, type SectionDescription, type SettingDescription } from './describe-settings.js';
export { readEnvironment } from './environment.js';
export { loadSettings } from './load-settings.js';
export { LoadedSettings } from './loaded-settings.js';
export { SettingsPair } from './pairs.js';
export { renderReference, type ReferenceFile } from './reference.js';
export {
  BindAddress,
  Bytes,
  DurationMs,
  DurationSeconds,
  NetworkRanges,
  OneOf,
  Origins,
  Port,
  PositiveInteger,
  Ratio,
  Url,
  WholeNumber,
  type Bounds,
} from './rules.js';
export { reportSettings, type ReportedSection, type ReportedSetting } from './report-settings.js';
export { RuntimeSettings } from './runtime-settings.js';
export { Setting, Settings, SettingsRule } from './settings.decorators.js';
export { SettingsModule } from './settings.module.js';
