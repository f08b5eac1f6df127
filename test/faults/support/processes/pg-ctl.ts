import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from '../../../../tools/process/run-program.ts';

/** A start takes 0.1 s, recovery after a kill somewhat more. */
const START_SECONDS = 30;

/** Starts or ends the server of a data folder; by default with the options of the last start, which it has written down. */
export async function pgCtl(dataDir: string, args: readonly string[]): Promise<void> {
  const [postgres = ''] = (await readFile(join(dataDir, 'postmaster.opts'), 'utf8')).split(' ');
  const log = ['-l', join(dataDir, 'server.log'), '-w', '-t', String(START_SECONDS), '-s'];
  await asOwnerOf(dataDir, join(dirname(postgres), 'pg_ctl'), [...args, '-D', dataDir, ...log]);
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
