import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { postgresAccount } from '../../embedded-postgres/account.ts';
import { listenablePort } from '../../embedded-postgres/free-port.ts';
import { homeOf } from '../../embedded-postgres/home.ts';
import { pollUntil } from '../../process/wait.ts';
import { builtEntry, builtProgram, stampOf, stampPath } from '../build.ts';

const TOOLS = resolve(import.meta.dirname, '../..');
const SCRIPTS = resolve(TOOLS, '../deploy/postgres');
const STEP_TIMEOUT_MS = 25_000;

/** A checkout of its own for the tools, so that a test and a running `npm start` don't meet. */
export async function aCheckout({ mode }: { mode: number }): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'checkout-'));
  await chmod(path, mode);
  await cp(TOOLS, join(path, 'tools'), { recursive: true });
  await cp(SCRIPTS, join(path, 'deploy/postgres'), { recursive: true });
  await symlink(resolve(TOOLS, '../node_modules'), join(path, 'node_modules'));
  await writeFile(join(path, 'package.json'), '{ "type": "module" }');
  const home = await homeOf(path, await postgresAccount());
  const remove = async () => {
    for (const folder of [home.path, path]) await rm(folder, { recursive: true, force: true });
  };
  return { path, remove };
}

/**
 * Makes the checkout look built, so that a tool which builds first finds nothing to do. The store is the stand-in; the
 * programs are what is given, and without that have nothing to do.
 */
export async function pretendBuilt(checkout: string, programs: { migrate?: string; seed?: string } = {}) {
  await mkdir(join(checkout, 'dist/apps/store/src'), { recursive: true });
  await writeFile(builtEntry(checkout), "import '../../../../tools/start/testing/stand-in-store.ts';");
  await writeFile(builtProgram(checkout, 'migrate'), programs.migrate ?? '');
  await writeFile(builtProgram(checkout, 'seed'), programs.seed ?? '');
  await writeFile(stampPath(checkout, 'store'), JSON.stringify(await stampOf(checkout)));
}

/** One run of a tool, with all that it printed so far. */
export class ToolRun {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output = '';

  constructor(checkout: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    const { PATH } = process.env;
    this.child = spawn(process.execPath, args, {
      cwd: checkout,
      env: { PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  /** Waits until the text was printed, and gives what stands after it in its line. */
  async printed(text: string, timeoutMs = STEP_TIMEOUT_MS): Promise<string> {
    const find = () => {
      const line = this.output.split('\n').find((candidate) => candidate.includes(text));
      return Promise.resolve(line?.slice(line.indexOf(text) + text.length).trim() ?? null);
    };
    const found = await pollUntil(find, { timeoutMs });
    if (found === null) throw new Error(`"${text}" was not printed:\n${this.output}`);
    return found;
  }
}

/** PORT and MANAGEMENT_PORT that nobody uses now. */
export async function freePorts(): Promise<{ PORT: string; MANAGEMENT_PORT: string }> {
  const [api, management] = [await listenablePort(0, '127.0.0.1'), await listenablePort(0, '127.0.0.1')];
  return { PORT: String(api), MANAGEMENT_PORT: String(management) };
}
