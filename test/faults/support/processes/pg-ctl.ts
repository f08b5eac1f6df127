import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isPassing } from '../../../../tools/embedded-postgres/launch.ts';
import { runProgram } from '../../../../tools/process/run-program.ts';

/** A start takes 0.1 s, recovery after a kill somewhat more. */
const START_SECONDS = 30;
const LOG_TAIL_LENGTH = 2_000;
/** The children of a server that was killed take a moment to notice that they are orphans. */
const ATTEMPTS_MAX = 5;
const PAUSE_BETWEEN_ATTEMPTS_MS = 500;

/** Starts or ends the server of a data folder; by default with the options of the last start, which it has written down. */
export async function pgCtl(dataDir: string, args: readonly string[]): Promise<void> {
  const [postgres = ''] = (await readFile(join(dataDir, 'postmaster.opts'), 'utf8')).split(' ');
  const log = join(dataDir, 'server.log');
  const options = ['-D', dataDir, '-l', log, '-w', '-t', String(START_SECONDS), '-s'];
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await asOwnerOf(dataDir, join(dirname(postgres), 'pg_ctl'), [...args, ...options]);
    } catch (error) {
      // pg_ctl itself only says to look there.
      const said = (await readFile(log, 'utf8').catch(() => '')).slice(-LOG_TAIL_LENGTH);
      if (attempt === ATTEMPTS_MAX || !isPassing(said)) throw new Error(`${String(error)}\n${said}`, { cause: error });
      await delay(PAUSE_BETWEEN_ATTEMPTS_MS);
    }
  }
}

/** Runs a program as the account that the data belongs to: Postgres refuses to run as root. */
export async function asOwnerOf(dataDir: string, program: string, args: readonly string[]): Promise<void> {
  const { uid, gid } = await stat(dataDir);
  const outcome = await runProgram(program, args, {
    timeoutMs: (START_SECONDS + 5) * 1_000,
    cwd: dataDir,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    account: uid === process.geteuid?.() ? null : { uid, gid },
  });
  if (outcome.code !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${outcome.output}`);
}
