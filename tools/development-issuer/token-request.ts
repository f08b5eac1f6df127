import { parseArgs } from 'node:util';
import { Refusal } from '../process/refusal.ts';
import type { TokenRequest } from './development-issuer.ts';

const LIFETIME_SECONDS = 3_600;
const LIFETIME_SECONDS_MAX = 30 * 86_400;
/** What the service takes for a subject and a scope: see libs/platform/security. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/;
/** RFC 6749, 3.3: scopes of printable characters other than quotes and backslashes, one blank between two. */
const SCOPE = /^(?:[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*)?$/;
const SCOPE_LENGTH_MAX = 2_048;

export const USAGE =
  'Usage: npm run token -- --sub <user> [--scope "<scope> <scope>"] [--lifetime-seconds <n>]\n' +
  'Example: npm run --silent token -- --sub alice --scope "orders:write catalog:write"';

/** @throws Refusal that names what is wrong, and shows the usage */
export function tokenRequestIn(args: readonly string[]): TokenRequest {
  const { sub, scope, 'lifetime-seconds': lifetime } = parsed(args);
  if (sub === undefined || !SUBJECT.test(sub)) {
    throw refusal('--sub must name the user, with 1 to 255 printable characters and no blank');
  }
  if (scope.length > SCOPE_LENGTH_MAX || !SCOPE.test(scope)) {
    throw refusal('--scope must be scopes with one blank between two, such as "orders:write catalog:write"');
  }
  const lifetimeSeconds = /^\d{1,7}$/.test(lifetime) ? Number(lifetime) : 0;
  if (lifetimeSeconds < 1 || lifetimeSeconds > LIFETIME_SECONDS_MAX) {
    throw refusal(`--lifetime-seconds must be a number from 1 to ${LIFETIME_SECONDS_MAX}`);
  }
  return { sub, scope, lifetimeSeconds };
}

function parsed(args: readonly string[]) {
  const options = {
    sub: { type: 'string' },
    scope: { type: 'string', default: '' },
    'lifetime-seconds': { type: 'string', default: String(LIFETIME_SECONDS) },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error), error);
  }
}

const refusal = (reason: string, cause?: unknown): Refusal => new Refusal(`${reason}.\n${USAGE}`, { cause });
