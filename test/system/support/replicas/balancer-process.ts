import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programPath } from '#platform/testing';
import { until, type BalancedRequest } from './load-balancer.js';

export interface BalancerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Answers as soon as it serves, whatever it answers. */
  readonly url: string;
}

/** The process of a balancer, and the folder that is its own: configuration, buffers and log. */
export class BalancerProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly stderr: readonly string[],
  ) {}

  /** @param prepare writes what it needs into its folder, and says how it is started */
  static async start(prepare: (folder: string) => Promise<BalancerCommand>): Promise<BalancerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'balancer-'));
    await chmod(folder, 0o755); // nginx's workers are nobody
    const { command, args, env, url } = await prepare(folder);
    const log = await open(logIn(folder), 'a'); // a file: nginx opens /dev/stdout anew, which a socket does not allow
    const child = spawn(command, args, {
      stdio: ['ignore', log.fd, 'pipe'],
      env: { PATH: programPath(), ...env },
    });
    const stderr: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
    await once(child, 'spawn').finally(() => log.close());
    const balancer = new BalancerProcess(child, folder, stderr);
    await until(`${command} serves ${url}`, () => balancer.serves(url)).catch(async (error: unknown) => {
      await balancer.stop();
      throw new Error(stderr.join(''), { cause: error });
    });
    return balancer;
  }

  /** The lines of its log that are those of requests. */
  async requests(): Promise<readonly BalancedRequest[]> {
    const lines = (await readFile(logIn(this.folder), 'utf8')).split('\n').slice(0, -1); // the last one is not whole
    return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as BalancedRequest);
  }

  async stop(): Promise<void> {
    if (!this.hasEnded) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM'); // at once, for both; a killed master would leave its workers
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async serves(url: string): Promise<boolean> {
    if (this.hasEnded) throw new Error(`It ended by itself: ${this.stderr.join('')}`);
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    return answer !== undefined;
  }
}

const logIn = (folder: string): string => join(folder, 'stdout.log');
