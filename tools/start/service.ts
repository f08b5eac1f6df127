import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pretty from 'pino-pretty';

/** Above the service's own bound for an orderly shutdown. */
const STOP_TIMEOUT_MS = 60_000;

const TRACES_ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

export interface Service {
  /** The exit code; 128 + n after signal n, as shells count. Never rejects. */
  readonly ended: Promise<number>;
  /** Asks for an orderly end (SIGTERM) and waits for it; SIGKILL after 60 s. */
  stop(): Promise<number>;
  /** Ends it and all it has started, now. */
  kill(): void;
}

/** Starts the built service, its logs readable on a terminal and untouched anywhere else. */
export function launchService(entry: string, env: NodeJS.ProcessEnv, cwd: string): Service {
  const readable = process.stdout.isTTY;
  const watch = pathToFileURL(join(import.meta.dirname, 'parent-watch.ts')).href;
  const flags = ['--enable-source-maps', ...tracing(env, cwd), '--import', watch];
  const child = spawn(process.execPath, [...flags, entry], {
    cwd,
    env,
    // Its own process group: a terminal's Ctrl-C would reach it directly, and a second time through us.
    detached: true,
    stdio: ['ignore', readable ? 'pipe' : 'inherit', 'inherit', 'ipc'],
  });
  child.stdout?.pipe(
    pretty({
      colorize: true,
      translateTime: 'SYS:HH:MM:ss.l',
      ignore: 'pid,hostname,service,version',
      singleLine: true,
      sync: true,
    }),
  );
  const ended = endOf(child);
  let stopped: Promise<number> | undefined;
  return {
    ended,
    // Once: a service takes a second SIGTERM for impatience.
    stop: () => (stopped ??= stop(child, ended)),
    kill: () => killGroup(child),
  };
}

/** As production starts it, where traces have an end point. */
function tracing(env: NodeJS.ProcessEnv, checkout: string): string[] {
  if (!TRACES_ENDPOINTS.some((name) => env[name]?.trim())) return [];
  return ['--import', pathToFileURL(join(checkout, 'dist/libs/platform/tracing/telemetry.js')).href];
}

/** `code 7`, or the signal: what an exit code as shells count says of an end. */
export function describeEnd(code: number): string {
  const signal = Object.entries(constants.signals).find(([, number]) => 128 + number === code);
  return signal ? `signal ${signal[0]}` : `code ${code}`;
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`The service could not be started: ${error.message}\n`);
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

async function stop(child: ChildProcess, ended: Promise<number>): Promise<number> {
  child.kill('SIGTERM');
  const bound = setTimeout(() => killGroup(child), STOP_TIMEOUT_MS);
  const code = await ended;
  clearTimeout(bound);
  return code;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It ended in this very moment.
  }
}
