import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { Refusal } from '../process/refusal.ts';

/**
 * The environment of the programs that are started: ours, below it the checkout's `.env` (never in production), below
 * that what suits development. An empty value counts as absent, as it does for the service.
 */
export async function developmentEnvironment(checkout: string, own: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const production = own['NODE_ENV'] === 'production';
  const file = production ? '' : await readFile(join(checkout, '.env'), 'utf8').catch(() => '');
  // Nothing balances load in front of a development server: there is nobody to wait for.
  const defaults = { NODE_ENV: 'development', DRAIN_DELAY_MS: '0' };
  return { ...defaults, ...present(parseEnv(file)), ...present(own) };
}

/** Whether the environment names a database, itself or by a secret's file. */
export function namesDatabase(env: NodeJS.ProcessEnv): boolean {
  return variableFor(env, 'DATABASE_URL') !== null;
}

/** The variable that gives this setting: itself, or the one that names a secret's file. Null when neither is set. */
export function variableFor(env: NodeJS.ProcessEnv, setting: string): string | null {
  return [setting, `${setting}_FILE`].find((name) => env[name]) ?? null;
}

/**
 * For an environment that names no database.
 * @throws Refusal when it names one for migrations all the same
 */
export function refuseMigratorAlone(env: NodeJS.ProcessEnv): void {
  const migrator = variableFor(env, 'DATABASE_MIGRATOR_URL');
  if (migrator === null) return;
  throw new Refusal(
    `${migrator} is set and DATABASE_URL is not: the store would use another database than the one that is ` +
      'migrated.\nSet both, or neither.',
  );
}

/** Whether the service serves /docs and /openapi.json, by the same rule as its own. */
export function servesDocs(env: NodeJS.ProcessEnv): boolean {
  const wish = env['DOCS_ENABLED']?.trim();
  return wish === undefined ? env['NODE_ENV'] !== 'production' : wish === 'true';
}

function present(env: NodeJS.Dict<string>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}
