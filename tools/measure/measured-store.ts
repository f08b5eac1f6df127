import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const CONNECTIONS = 8;

/** A built store, on free ports, whose log nobody keeps. */
export class MeasuredStore {
  readonly name: string;
  readonly url: string;
  private readonly child: ChildProcess;

  private constructor(name: string, url: string, child: ChildProcess) {
    this.name = name;
    this.url = url;
    this.child = child;
  }

  static async start(name: string, checkout: string, env: NodeJS.ProcessEnv): Promise<MeasuredStore> {
    const telemetry = join(checkout, 'dist/libs/platform/tracing/telemetry.js');
    const flags = existsSync(telemetry) ? ['--import', telemetry] : [];
    const child = spawn(process.execPath, [...flags, join(checkout, 'dist/apps/store/src/main.js')], {
      cwd: checkout,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PORT: '0', MANAGEMENT_PORT: '0', RATE_LIMIT_MAX: '0', ...env },
    });
    const url = await new Promise<string>((found, failed) => {
      child.once('exit', () => failed(new Error(`${name} has ended`)));
      createInterface(child.stdout).on('line', (line) => {
        const { msg, url: at } = JSON.parse(line) as { msg: string; url?: string };
        if (msg === 'listening' && at) found(at);
      });
    });
    return new MeasuredStore(name, url, child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}

/** What all threads of a process have computed since its start. */
export function cpuNanosecondsOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce((sum, thread) => {
    const [nanoseconds = '0'] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
    return sum + Number(nanoseconds);
  }, 0);
}

/**
 * Asks for so many seconds, and gives how often it was answered.
 * @throws Error when wrk is not there, or an answer was no success
 */
export async function requestsBy(url: string, seconds: number): Promise<number> {
  const { stdout } = await promisify(execFile)('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, url]);
  const found = /\b(\d{1,9}) requests in/.exec(stdout);
  if (!found || stdout.includes('Non-2xx')) throw new Error(`wrk: ${stdout}`);
  return Number(found[1]);
}
