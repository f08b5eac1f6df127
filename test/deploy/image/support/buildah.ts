import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../../../tools/process/run-program.ts';

/** A build takes half a minute where npm's cache is full, and many times that on a busy machine with an empty one. */
const TIMEOUT_MS = 600_000;

/** buildah with images of its own, which go with it: nobody's are read, and nothing is pulled. */
export class Buildah {
  private constructor(readonly folder: string) {}

  static async create(): Promise<Buildah> {
    const folder = await mkdtemp(join(tmpdir(), 'mainstay-image-'));
    // What is unpacked in there is run as somebody else.
    await chmod(folder, 0o755);
    return new Buildah(folder);
  }

  /** @returns what it printed
   *  @throws Error with the end of what it printed, when it failed */
  async run(command: string, ...args: readonly string[]): Promise<string> {
    const store = ['--root', join(this.folder, 'store'), '--runroot', join(this.folder, 'run'), '--storage-driver=vfs'];
    const env = { ...process.env, BUILDAH_ISOLATION: 'chroot' };
    const outcome = await runProgram('buildah', [...store, command, ...args], { timeoutMs: TIMEOUT_MS, env });
    if (outcome.code !== 0) {
      throw new Error(`buildah ${command} ${outcome.timedOut ? 'took too long' : 'failed'}: ${outcome.output}`);
    }
    return outcome.output;
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
