import { join } from 'node:path';
import { Refusal } from '../../tools/process/refusal.ts';
import { pollUntil } from '../../tools/process/wait.ts';
import { builtEntry } from '../../tools/start/build.ts';
import type { Scene } from './scene.ts';
import { ServerProcess } from './server-process.ts';

/** The greatest that the setting takes: limits are counted for each request as ever, and refuse nobody. */
const RATE_LIMIT_MAX = '1000000000';
const READY_TIMEOUT_MS = 30_000;

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

const productionEnv = (scene: Scene): Env => ({
  NODE_ENV: 'production',
  BIND_ADDRESS: '127.0.0.1',
  PORT: '0',
  MANAGEMENT_PORT: '0',
  DRAIN_DELAY_MS: '0', // nobody balances load in front of it
  RATE_LIMIT_MAX,
  DATABASE_URL: scene.database.url,
  ...scene.issuer.env,
});

/** What production gives to Node. Without an end point for traces the import does nothing. */
export const productionFlags = (checkout: string): readonly string[] => [
  '--enable-source-maps',
  '--import',
  join(checkout, 'dist/libs/platform/tracing/telemetry.js'),
];

export interface StoreOptions {
  readonly name: string;
  readonly env?: Env;
  /** For Node, before those of production. */
  readonly flags?: readonly string[];
}

/** The built store as README starts it in production, with all that it has switched on. */
export const startStore = (scene: Scene, { name, env = {}, flags = [] }: StoreOptions): Promise<ServerProcess> =>
  started(scene, {
    name,
    args: [...flags, ...productionFlags(scene.checkout), builtEntry(scene.checkout)],
    env: { ...productionEnv(scene), ...env },
  }).then(ready);

/** An app of one route that does nothing, on the platform that the store stands on: its whole way of a request. */
export const startPipeline = (scene: Scene, { name, env = {}, flags = [] }: StoreOptions): Promise<ServerProcess> =>
  started(scene, {
    name,
    args: [...flags, ...productionFlags(scene.checkout), join(SERVERS, 'pipeline.mjs')],
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
    const answer = await fetch(`${server.managementUrl}/health/ready`).catch(() => null);
    await answer?.arrayBuffer();
    return answer?.status === 200 ? true : null;
  };
  if (await pollUntil(ask, { timeoutMs: READY_TIMEOUT_MS })) return server;
  throw new Refusal(`${server.name} listens, and does not become ready.`);
}
