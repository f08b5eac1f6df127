import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { runProgram, type Outcome } from '../../../../tools/process/run-program.ts';
import { ServiceProcess } from '../../../system/support/service-process.js';
import type { BuiltImage } from './built-image.js';
import { BWRAP } from './programs.js';

type Environment = Readonly<Record<string, string>>;

/** A command is done in seconds; a busy machine takes many times that. */
const COMMAND_TIMEOUT_MS = 60_000;
/** Of the image's user: nobody is root in here, whoever runs the test. */
const UNPRIVILEGED = { uid: 1000, gid: 1000 };
const account = process.geteuid?.() === 0 ? UNPRIVILEGED : null;

/** A service of the image, and its process 1 as this machine numbers it. */
export interface ContainedService {
  readonly service: ServiceProcess;
  readonly pid: number;
}

/**
 * Runs an image as a hardened container would: the root file system read-only, the image's user, no capabilities, no new
 * privileges, process ids of its own, of which the command has the first. The network is this machine's.
 */
export class Sandbox {
  constructor(private readonly image: BuiltImage) {}

  /** Runs a command to its end. */
  run(command: readonly string[], env: Environment = {}): Promise<Outcome> {
    const args = [...this.confinement(env), '--', ...command];
    return runProgram(BWRAP.command, args, { timeoutMs: COMMAND_TIMEOUT_MS, account });
  }

  /** Starts a service; resolves when it listens. */
  async start(command: readonly string[], env: Environment): Promise<ContainedService> {
    const args = ['--info-fd', '3', ...this.confinement(env), '--', ...command];
    const stdio = ['ignore', 'pipe', 'pipe', 'pipe'] as const;
    const child = spawn(BWRAP.command, args, { stdio: [...stdio], ...account });
    await once(child, 'spawn');
    const service = ServiceProcess.watching(child as unknown as ChildProcessByStdio<null, Readable, Readable>);
    try {
      const info = (await json(child.stdio[3] as Readable)) as { 'child-pid': number };
      await service.listening();
      return { service, pid: info['child-pid'] };
    } catch (cause) {
      await service.stop();
      throw new Error(`The image's service did not start: ${service.stderr.join('\n')}`, { cause });
    }
  }

  private confinement(env: Environment): readonly string[] {
    const { config, root } = this.image;
    const [uid = '', gid = ''] = config.User.split(':');
    const variables = [
      ...config.Env.map((pair): [string, string] => [
        pair.slice(0, pair.indexOf('=')),
        pair.slice(pair.indexOf('=') + 1),
      ]),
      ...Object.entries(env),
    ];
    return [
      ...['--die-with-parent', '--unshare-user', '--uid', uid, '--gid', gid, '--cap-drop', 'ALL'],
      ...['--unshare-pid', '--as-pid-1', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
      ...['--ro-bind', root, '/', '--proc', '/proc', '--dev', '/dev', '--chdir', config.WorkingDir],
      ...['--clearenv', ...variables.flatMap(([name, value]) => ['--setenv', name, value])],
    ];
  }
}
