import { ConfigurationInvalid } from '../configuration-invalid.js';
import { loadSettings } from '../load-settings.js';

/** The refusal of an environment; null when it is accepted. */
export function refusalOf(env: NodeJS.ProcessEnv): ConfigurationInvalid | null {
  try {
    loadSettings(env);
    return null;
  } catch (error) {
    if (error instanceof ConfigurationInvalid) return error;
    throw error;
  }
}

/** The faults of an environment, one line each; none when it is accepted. */
export function faultsOf(env: NodeJS.ProcessEnv): string[] {
  return (refusalOf(env)?.faults ?? []).map(({ variable, rule }) => `${variable} ${rule}`);
}
