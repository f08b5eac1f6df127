import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigurationInvalid } from './configuration-invalid.js';
import { errorCode } from './error-code.js';

/**
 * The environment of this process; in development completed by the file `.env` in `cwd`, where the environment wins.
 * Production and tests never read the file: it would be configuration that nobody sees.
 * @throws ConfigurationInvalid when the file exists but can't be used
 */
export function readEnvironment(cwd: string, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  if (!isDevelopment(env)) return { ...env };
  const file = parseEnv(readIfPresent(join(cwd, '.env')));
  if (!isDevelopment(file)) {
    throw new ConfigurationInvalid([{ variable: 'NODE_ENV', rule: 'must not be anything but development in .env' }]);
  }
  return { ...file, ...env };
}

function isDevelopment(env: NodeJS.ProcessEnv): boolean {
  return ['', 'development'].includes(env['NODE_ENV']?.trim() ?? '');
}

function readIfPresent(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw new ConfigurationInvalid([{ variable: '.env', rule: 'must be a readable file, or absent' }]);
  }
}
