import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { issuer } from './tokens.js';

const ROOT = join(import.meta.dirname, '../../..');
const MAIN = join(ROOT, 'dist/apps/store/src/main.js');

export interface StoreOptions {
  readonly databaseUrl?: string;
  /** Over the defaults of {@link spawnStore}; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Names of modules in `preloads/` that Node loads first: faults that the product has no route for. */
  readonly preload?: readonly string[];
}

/** Starts the built store as production does, with an environment of its own, on free ports. */
export function spawnStore({
  databaseUrl,
  env = {},
  preload = [],
}: StoreOptions): ChildProcessByStdio<null, Readable, Readable> {
  const flags = preload.flatMap((name) => ['--import', join(import.meta.dirname, 'preloads', name)]);
  return spawn(process.execPath, ['--enable-source-maps', ...flags, MAIN], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      BIND_ADDRESS: '127.0.0.1',
      MANAGEMENT_BIND_ADDRESS: '127.0.0.1',
      PORT: '0',
      MANAGEMENT_PORT: '0',
      DRAIN_DELAY_MS: '0',
      DOCS_ENABLED: 'true',
      RATE_LIMIT_MAX: '0', // all tests come from one address
      ...issuer.env,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...env,
    },
  });
}
