import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../tools/embedded-postgres/index.ts';
import { Refusal } from '../../tools/process/refusal.ts';
import { runProgram } from '../../tools/process/run-program.ts';
import { builtProgram } from '../../tools/start/build.ts';

const PROGRAM_TIMEOUT_MS = 120_000;
/** Nobody runs out of it: a benchmark of refusals would be another one. */
const STOCK = 1_000_000;

/** A Postgres of the run's own, with a store that is migrated and seeded in it; copies of it for whoever writes. */
export interface BenchDatabase {
  /** Of the postmaster. */
  readonly pid: number;
  /** The seeded store. */
  readonly url: string;
  /** A copy of it, as it was seeded, for one server alone: another's events would be relayed by it, too. */
  copy(name: string): Promise<string>;
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>;
  stop(): Promise<void>;
}

/** @throws Refusal when the store can't be migrated or seeded */
export async function benchDatabase(checkout: string, signal: AbortSignal): Promise<BenchDatabase> {
  const postgres = await startEmbeddedPostgres({ ephemeral: true, signal });
  const query = async <Row extends pg.QueryResultRow>(sql: string, database?: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: inDatabase(postgres.url, database) });
    await client.connect();
    return client
      .query<Row>(sql)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  };
  try {
    const env = {
      NODE_ENV: 'development',
      DATABASE_URL: postgres.serviceUrl,
      DATABASE_MIGRATOR_URL: postgres.migratorUrl,
    };
    for (const name of ['migrate', 'seed'] as const) await run(checkout, name, env, signal);
    await query(`UPDATE catalog.products SET stock = ${STOCK} WHERE status = 'active'`);
    await query('ANALYZE');
    const [pid = ''] = (await readFile(join(postgres.dataDir, 'postmaster.pid'), 'utf8')).split('\n');
    const copy = async (name: string): Promise<string> => {
      await query(`CREATE DATABASE ${name} TEMPLATE ${databaseOf(postgres.url)}`, 'postgres');
      return inDatabase(postgres.serviceUrl, name);
    };
    return {
      pid: Number(pid),
      url: postgres.serviceUrl,
      copy,
      query: (sql) => query(sql),
      stop: () => postgres.stop(),
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function run(checkout: string, name: 'migrate' | 'seed', env: NodeJS.ProcessEnv, signal: AbortSignal) {
  const options = { cwd: checkout, timeoutMs: PROGRAM_TIMEOUT_MS, env: { PATH: process.env['PATH'], ...env }, signal };
  const outcome = await runProgram(process.execPath, [builtProgram(checkout, name)], options);
  if (outcome.code !== 0) throw new Refusal(`${name} failed:\n${outcome.output}`);
}

const databaseOf = (url: string): string => new URL(url).pathname.slice(1);

function inDatabase(url: string, database = databaseOf(url)): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
