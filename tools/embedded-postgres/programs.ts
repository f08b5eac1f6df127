import { join } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import { runProgram, type Outcome } from '../process/run-program.ts';
import type { PostgresAccount } from './account.ts';
import type { Distribution } from './binaries.ts';

const VERSION_TIMEOUT_MS = 20_000;
/** What Postgres' programs may know of our environment; above all no PGPORT, PGDATA, PGOPTIONS, and no secrets. */
const PASSED_VARIABLES = ['PATH', 'TMPDIR', 'LD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP'];

/** Postgres' own programs, run as the right account. */
export interface Programs {
  /** 18 for 18.4. */
  readonly major: number;
  readonly account: PostgresAccount;
  run(
    program: 'initdb' | 'pg_ctl' | 'postgres',
    args: readonly string[],
    options: { timeoutMs: number; cwd: string; signal?: AbortSignal | undefined },
  ): Promise<Outcome>;
}

/**
 * Runs `postgres --version`, which proves more than the number: that the binaries fit this system, and that the
 * account can reach them.
 * @throws Refusal with the system's reason
 */
export async function postgresPrograms({ root }: Distribution, account: PostgresAccount): Promise<Programs> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C' };
  for (const name of PASSED_VARIABLES) if (process.env[name] !== undefined) env[name] = process.env[name];
  const run: Programs['run'] = (program, args, options) =>
    runProgram(join(root, 'bin', program + suffix), args, { ...options, env, account });
  const version = await run('postgres', ['--version'], { timeoutMs: VERSION_TIMEOUT_MS, cwd: root }).catch(
    (error: unknown) => ({ code: null, output: String(error) }),
  );
  const major = Number(/PostgreSQL\)? (\d+)/.exec(version.output)?.[1] ?? Number.NaN);
  if (version.code !== 0 || Number.isNaN(major)) {
    throw new Refusal(
      `The embedded Postgres does not run on this system: ${version.output || 'no output'}\n` +
        'Set DATABASE_URL to a server of your own.',
    );
  }
  return { major, account, run };
}
