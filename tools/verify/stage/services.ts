import { connect } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { steadyPort } from '../../embedded-postgres/free-port.ts';
import { Refusal } from '../../process/refusal.ts';
import { pollUntil } from '../../process/wait.ts';
import { startChild } from '../../start-system/child.ts';
import { HERE, isInstalled, programPath } from '../../start-system/programs.ts';
import type { Log } from './log.ts';

export type ServiceName = 'redis' | 'nats';

/** A start takes some 50 ms; the rest is for a machine that does something else. */
const START_TIMEOUT_MS = 15_000;
const GRACE_MS = 5_000;

interface Kind {
  readonly command: string;
  readonly scheme: string;
  /** Names one that runs already. */
  readonly variable: string;
  readonly args: (port: string, folder: string) => readonly string[];
}

const KINDS: Readonly<Record<ServiceName, Kind>> = {
  redis: {
    command: 'redis-server',
    scheme: 'redis:',
    variable: 'VERIFY_REDIS_URL',
    args: (port, folder) => ['--bind', HERE, '--port', port, '--dir', folder, '--save', '', '--appendonly', 'no'],
  },
  nats: {
    command: 'nats-server',
    scheme: 'nats:',
    variable: 'VERIFY_NATS_URL',
    args: (port, folder) => ['-js', '-sd', folder, '-a', HERE, '-p', port],
  },
};

export interface Service {
  readonly url: string;
  /** Whose it is: one that was given is left as it was found. */
  readonly given: boolean;
  stop(): Promise<void>;
}

/**
 * The one that the environment names, else one of our own; or why there is none.
 * @throws Refusal for an address that can't be used
 */
export async function serviceFor(name: ServiceName, env: NodeJS.ProcessEnv, log: Log): Promise<Service | string> {
  const { command, variable, scheme } = KINDS[name];
  const given = env[variable]?.trim();
  if (given) {
    refuseOtherSchemes(variable, given, [scheme]);
    return { url: given, given: true, stop: () => Promise.resolve() };
  }
  if (!(await isInstalled(command))) {
    return `there is no ${command} on this machine (apt-get install ${command}), and ${variable} is not set`;
  }
  return start(name, log);
}

/** A proxy stands in between, which has no certificate. @throws Refusal */
export function refuseOtherSchemes(variable: string, url: string, schemes: readonly string[]): void {
  const words = schemes.map((scheme) => `${scheme}//`).join(' or ');
  if (URL.canParse(url) && schemes.includes(new URL(url).protocol)) return;
  throw new Refusal(`${variable} must be a URL that starts with ${words}: what is broken is the way to it.`);
}

async function start(name: ServiceName, log: Log): Promise<Service> {
  const { command, args, scheme } = KINDS[name];
  const folder = await mkdtemp(join(tmpdir(), `mainstay-verify-${name}-`));
  const port = await steadyPort();
  const program = { command, args: args(String(port), folder), env: { PATH: programPath() }, cwd: folder };
  const child = startChild(name, program, { signal: 'SIGTERM', graceMs: GRACE_MS }, log);
  const stop = async (): Promise<void> => {
    child.kill();
    await child.ended;
    await rm(folder, { recursive: true, force: true });
  };
  let end: string | undefined;
  void child.ended.then((how) => (end = how));
  const look = async (): Promise<boolean | null> => (end === undefined ? accepts(port) : false);
  if (await pollUntil(look, { timeoutMs: START_TIMEOUT_MS })) {
    return { url: `${scheme}//${HERE}:${port}`, given: false, stop };
  }
  const why = end === undefined ? `does not listen after ${START_TIMEOUT_MS / 1_000} s` : `has ended with ${end}`;
  await stop();
  throw new Refusal(`${command} ${why}:\n${log.lastOf(name)}`);
}

async function accepts(port: number): Promise<true | null> {
  const socket = connect(port, HERE);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return null;
  } finally {
    socket.destroy();
  }
}
