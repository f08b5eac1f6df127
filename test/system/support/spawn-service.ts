import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { withPipe } from '#platform/testing';
import { issuer } from './tokens.js';

export const ROOT = join(import.meta.dirname, '../../..');

/** The services that the build gives. */
export type ServiceName = 'store' | 'recommender';

/** One of the built files of a service. `root` is the folder of a release, by default this checkout. */
export const builtFile = (service: ServiceName, name: string, root: string = ROOT): string =>
  join(root, 'dist/apps', service, 'src', `${name}.js`);

/** What production gives to Node's `--import`, relative to a release's folder; without an end point it does nothing. */
const TELEMETRY_FILE = 'dist/libs/platform/tracing/telemetry.js';
export const TELEMETRY = join(ROOT, TELEMETRY_FILE);

export type SpawnedService = ChildProcessByStdio<null, Readable, Readable>;

export interface ServiceOptions {
  /** The store, unless given. */
  readonly service?: ServiceName;
  /** Folder of the release to start: this checkout, unless given. */
  readonly root?: string;
  readonly databaseUrl?: string;
  /** Over the defaults of {@link spawnService}; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Names of modules in `preloads/` that Node loads first: faults that the product has no route for. */
  readonly preload?: readonly string[];
  /**
   * Its stdout is a pipe, as a container's is, and not the socket that Node gives to a child. Some of what it wrote may still
   * come when it has ended.
   */
  readonly stdoutPipe?: boolean;
}

/** Starts a built service as production does, with an environment of its own, on free ports. */
export function spawnService({
  service = 'store',
  root = ROOT,
  databaseUrl,
  env = {},
  preload = [],
  stdoutPipe = false,
}: ServiceOptions): SpawnedService {
  const flags = preload.flatMap((name) => ['--import', join(import.meta.dirname, 'preloads', name)]);
  const start = (stdout: 'pipe' | number): ChildProcess =>
    spawn(
      process.execPath,
      ['--enable-source-maps', '--import', join(root, TELEMETRY_FILE), ...flags, builtFile(service, 'main', root)],
      {
        cwd: root,
        stdio: ['ignore', stdout, 'pipe'],
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
      },
    );
  if (!stdoutPipe) return start('pipe') as SpawnedService;
  const { child, stdout } = withPipe(start);
  return Object.assign(child, { stdout }) as SpawnedService;
}
