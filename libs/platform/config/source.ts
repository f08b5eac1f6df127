import type { SettingDeclaration } from './registry.js';
import { readSecretFile, SecretFileUnusable } from './secret-file.js';
import type { SettingFault } from './configuration-invalid.js';

/** The longest value that a variable may have, in characters. Linux itself allows 128 KiB. */
export const VALUE_LENGTH_MAX = 65_536;

/** Where a setting's value comes from. `environment`: `.env` too, in development. */
export type SettingOrigin = 'default' | 'environment' | 'file';

/** The text of a setting; null when it is absent. */
export type Sourced =
  { readonly text: string | null; readonly from: 'environment' | 'file' } | { readonly fault: SettingFault };

/** Finds the text of a setting in the environment, or for a secret in the file that `<NAME>_FILE` names. */
export function sourceOf(setting: SettingDeclaration, env: NodeJS.ProcessEnv): Sourced {
  const { variable } = setting;
  const text = present(env[variable]);
  const path = setting.secret ? present(env[`${variable}_FILE`]) : null;
  if (path === null) return checked(variable, text, 'environment');
  if (text !== null) return { fault: { variable, rule: `must not be set together with ${variable}_FILE` } };
  try {
    return checked(variable, readSecretFile(path), 'file');
  } catch (error) {
    const reason = error instanceof SecretFileUnusable ? error.message : 'can not be read';
    return { fault: { variable: `${variable}_FILE`, rule: `must name a readable file: it ${reason}` } };
  }
}

/** An empty value counts as absent: compose files and Kubernetes manifests can't leave a variable out. */
function present(value: string | undefined): string | null {
  const trimmed = value?.trim();
  return trimmed ? trimmed : null;
}

function checked(variable: string, text: string | null, from: 'environment' | 'file'): Sourced {
  if (text === null) return { text, from };
  if (text.includes('\0')) return { fault: { variable, rule: 'must not contain a NUL character' } };
  if (text.length > VALUE_LENGTH_MAX) {
    return { fault: { variable, rule: `must not be longer than ${VALUE_LENGTH_MAX} characters` } };
  }
  return { text, from };
}
