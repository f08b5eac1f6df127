import { parseArgs } from 'node:util';
import { Refusal } from '../process/refusal.ts';

export interface Options {
  /** Promises by number or word; empty for all. */
  readonly only: readonly string[];
  /** The file that the JSON is written to. */
  readonly json: string | null;
  /** Whether `dist` is brought up to date before. */
  readonly build: boolean;
  /** A `dist` of another release; null for that of the checkout. */
  readonly dist: string | null;
  /** Whether a service that is missing is a reason to try nothing. */
  readonly strict: boolean;
  /** Only tell what would be tried. */
  readonly list: boolean;
}

export const USAGE = `Usage: npm run verify -- [options]
  --only <number or word>   tries these alone: C3, C, drain; may be given several times
  --json <file>             writes the table as JSON, too
  --no-build                takes dist/ as it is
  --dist <folder>           takes another build: the dist/ of a folder that has its package.json and node_modules
  --strict                  tries nothing where redis-server or nats-server is missing; so it is where CI=true
  --list                    says what would be tried, and what would not, and ends
Exit code: 0 all that was tried holds; 1 something does not; 2 it could not be tried; 130 it was called off.`;

/** @throws Refusal that names what is wrong, and shows the usage */
export function optionsIn(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Options {
  const options = {
    only: { type: 'string', multiple: true, default: [] as string[] },
    json: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
    dist: { type: 'string' },
    strict: { type: 'boolean', default: env['CI'] === 'true' },
    list: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { only, json = null, dist = null, list, strict } = values;
    return { only, json, build: !values['no-build'] && dist === null, dist, strict, list };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${reason}\n${USAGE}`, { cause: error });
  }
}
