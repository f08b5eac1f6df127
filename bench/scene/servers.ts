import { join } from 'node:path';
import { Refusal } from '../../tools/process/refusal.ts';
import { pollUntil } from '../../tools/process/wait.ts';
import type { Scene } from './scene.ts';
import { ServerProcess } from './server-process.ts';

/** The greatest that the setting takes: limits are counted for each request as ever, and refuse nobody. */
const RATE_LIMIT_MAX = '1000000000';
const READY_TIMEOUT_MS = 30_000;
/** Of one question: who says nothing for longer is asked again. */
const ANSWER_TIMEOUT_MS = 5_000;

export type Env = Readonly<Record<string, string>>;

const SERVERS = join(import.meta.dirname, '../servers');

/** A server to compare with: a program of `bench/servers`. */
export function startBaseline(scene: Scene, program: string, env: Env = {}): Promise<ServerProcess> {
  return started(scene, {
    name: program,
    args: [join(SERVERS, `${program}.mjs`)],
    env: { NODE_ENV: 'production', ...env },
  });
}

/** What the image says to Node. A test holds it against the Dockerfile, as it does what is below. */
export const IMAGE_ENV: Env = { NODE_ENV: 'production', NODE_PRESERVE_SYMLINKS: '1' };

const productionEnv = (scene: Scene): Env => ({
  ...IMAGE_ENV,
  BIND_ADDRESS: '127.0.0.1',
  PORT: '0',
  MANAGEMENT_PORT: '0',
  DRAIN_DELAY_MS: '0', // nobody balances load in front of it
  RATE_LIMIT_MAX,
  DATABASE_URL: scene.database.url,
  ...scene.issuer.env,
});

/** What the image has, and what that was put together from: the same code, where each file is still known by its name. */
type Release = 'bundle' | 'dist';

/** What production gives to Node. Without an end point for traces the import does nothing. */
export const productionFlags = (release: string): readonly string[] => [
  '--enable-source-maps',
  '--import',
  join(release, 'libs/platform/tracing/telemetry.js'),
];

export const storeProgram = (release: string): string => join(release, 'apps/store/src/main.js');

export interface StoreOptions {
  readonly name: string;
  readonly env?: Env;
  /** For Node, before those of production. */
  readonly flags?: readonly string[];
}

/** The store as the image starts it, with all that it has switched on. */
export function startStore(
  scene: Scene,
  { name, env = {}, flags = [], release = 'bundle' }: StoreOptions & { readonly release?: Release },
): Promise<ServerProcess> {
  const folder = join(scene.checkout, release);
  return started(scene, {
    name,
    args: [...flags, ...productionFlags(folder), storeProgram(folder)],
    env: { ...productionEnv(scene), ...env },
  }).then(ready);
}

/** An app of one route that does nothing, on the platform that the store stands on: its whole way of a request. */
export const startPipeline = (scene: Scene, { name, env = {}, flags = [] }: StoreOptions): Promise<ServerProcess> =>
  started(scene, {
    name,
    args: [...flags, ...productionFlags(join(scene.checkout, 'dist')), join(SERVERS, 'pipeline.mjs')],
    env: { ...productionEnv(scene), ...env },
  }).then(ready);

type Program = Pick<Parameters<typeof ServerProcess.start>[0], 'name' | 'args' | 'env'>;

async function started({ cores, checkout, cleanup, signal }: Scene, program: Program): Promise<ServerProcess> {
  signal.throwIfAborted();
  const server = await ServerProcess.start({ core: cores.server, cwd: checkout, ...program });
  return cleanup.keep(server, (made) => made.kill());
}

/** @throws Refusal when its readiness probe does not say yes */
async function ready(server: ServerProcess): Promise<ServerProcess> {
  const ask = async () => {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    try {
      const answer = await fetch(`${server.managementUrl}/health/ready`, { signal });
      await answer.arrayBuffer();
      return answer.ok ? true : null;
    } catch {
      return null; // not yet
    }
  };
  if (await pollUntil(ask, { timeoutMs: READY_TIMEOUT_MS })) return server;
  throw new Refusal(`${server.name} listens, and does not become ready.`);
}
