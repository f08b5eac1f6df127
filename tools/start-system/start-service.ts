import { isOurs } from '../compose/compose-file.ts';
import { join } from 'node:path';
import { startChild, type Child, type End, type Program } from './child.ts';
import { environmentOf, type Surroundings } from './environment.ts';
import { untilHealthy } from './health.ts';
import { layOut, type Layout } from './lay-out.ts';
import type { Output } from './output.ts';
import { PartFailed } from './part-failed.ts';
import { programFor } from './programs.ts';
import type { Running } from './running.ts';
import { type Container, translate } from './translation.ts';

/** A migration may take its time. */
const STEP_TIMEOUT_MS = 300_000;
/** Docker's, where a service says nothing else. */
const GRACE_DEFAULT_SECONDS = 10;

export interface Stage extends Layout, Surroundings {
  readonly output: Output;
}

/** Starts a container's program, and waits until it is healthy. */
export async function startServer(
  container: Container,
  stage: Stage,
  tell: (running: Running) => void,
  signal: AbortSignal,
): Promise<void> {
  await layOut(container, stage);
  const child = childOf(container, stage);
  tell({ name: container.name, ...child });
  await untilHealthy(container, stage.places, child.ended, signal);
}

/** Runs a container's program to its end. @throws PartFailed with how it ended, where that is not well */
export async function runStep(container: Container, stage: Stage, signal: AbortSignal): Promise<void> {
  await layOut(container, stage);
  signal.throwIfAborted();
  const child = childOf(container, stage);
  const bound = AbortSignal.any([signal, AbortSignal.timeout(STEP_TIMEOUT_MS)]);
  const stop = (): void => void child.stop();
  bound.addEventListener('abort', stop, { once: true });
  const how = await child.ended;
  bound.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (bound.aborted) throw new PartFailed(container.name, `took more than ${STEP_TIMEOUT_MS / 1000} s`);
  if (how !== 'code 0') throw new PartFailed(container.name, `ended with ${how}`);
}

function childOf(container: Container, stage: Stage): Child {
  return startChild(container.name, programOf(container, stage), endOf(container), stage.output);
}

/** The command of docker-compose.yml, in words of this machine. */
function programOf(container: Container, stage: Stage): Program {
  const { name, service, folder } = container;
  const { places, checkout } = stage;
  const env = environmentOf(container, stage);
  const [first = '', ...rest] = service.command ?? [];
  // The image's working folder has what the checkout has: dist/, node_modules/, package.json.
  if (isOurs(service)) return { command: process.execPath, args: rest, env, cwd: checkout };
  const local = programFor(service.image ?? '');
  if (local === null) throw new Error(`${name} is no program of Debian's.`);
  // Some images have the program for their entry point, and take options alone.
  const words = first.startsWith('-') ? [first, ...rest] : rest;
  const cwd = join(folder, 'run'); // for what it writes where it stands
  const options = local.options((port) => places.portOf(name, port), cwd);
  return {
    command: local.command,
    args: [...words.map((word) => translate(word, container, places)), ...options],
    env,
    cwd,
  };
}

function endOf({ service }: Container): End {
  const seconds = Number.parseInt(service.stop_grace_period ?? String(GRACE_DEFAULT_SECONDS), 10);
  return { signal: (service.stop_signal ?? 'SIGTERM') as NodeJS.Signals, graceMs: seconds * 1_000 };
}
