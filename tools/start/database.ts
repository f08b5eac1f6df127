import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres/index.ts';
import { namesDatabase, refuseMigratorAlone, variableFor } from './environment.ts';

/** The database that the service will use. */
export interface Database {
  /** Ours to fill with sample data, and to stop; else it is somebody's server, which the environment names. */
  readonly embedded: boolean;
  /** What a program needs in its environment to find it, as the role that reads and writes rows. */
  readonly env: NodeJS.ProcessEnv;
  /** What migrations need besides: the role that owns the schema, which the service is never given. */
  readonly migratorEnv: NodeJS.ProcessEnv;
  /** For people: where it is, without a password. */
  readonly shownAs: string;
  /** For people: where the data lies. */
  readonly data: string;
  readonly adopted: boolean;
  /** One sentence when the data does not lie in the checkout: where, why, and how it is deleted. Else null. */
  readonly away: string | null;
  /** What to look at when a program can't work with it. */
  advice(program: string): string;
  /** From now until `stop()`: calls back, once, when the server ends by itself and it is ours to know. */
  watch(onGone: (log: string) => void): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The one that the environment names, else this checkout's own.
 * @throws Refusal when the environment names another one for migrations alone
 */
export async function databaseFor(env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Database> {
  if (namesDatabase(env)) return named(env);
  refuseMigratorAlone(env);
  return fromEmbedded(await startEmbeddedPostgres({ signal }));
}

function named(env: NodeJS.ProcessEnv): Database {
  const shownAs = withoutPassword(env['DATABASE_URL'] ?? '') ?? 'the server of DATABASE_URL';
  return {
    embedded: false,
    env: {},
    migratorEnv: {},
    shownAs,
    data: 'in the server that DATABASE_URL names',
    adopted: false,
    away: null,
    advice: (program) => adviceOnNamed(env, program),
    watch: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}

function fromEmbedded(postgres: EmbeddedPostgres): Database {
  const { serviceUrl, migratorUrl, dataDir, adopted, away } = postgres;
  const log = join(dataDir, 'server.log');
  return {
    embedded: true,
    env: { DATABASE_URL: serviceUrl },
    migratorEnv: { DATABASE_MIGRATOR_URL: migratorUrl },
    shownAs: withoutPassword(serviceUrl) ?? '',
    data: dataDir,
    adopted,
    away:
      away &&
      `The data lives in ${away.path}, because ${away.awayBecause}; to delete it, stop the store and: ` +
        `rm -rf '${away.path}'`,
    advice: () =>
      `The database is the embedded one, because DATABASE_URL is not set. Its log: ${log}\n` +
      `To start afresh, delete ${dataDir}, and with it the data. To use a server of your own, set DATABASE_URL.`,
    watch: (onGone) => postgres.watch(() => onGone(log)),
    stop: () => postgres.stop(),
  };
}

/** Migrations have a variable of their own, for a role that may change the schema. */
function adviceOnNamed(env: NodeJS.ProcessEnv, program: string): string {
  const migrator = program === 'migrate' ? variableFor(env, 'DATABASE_MIGRATOR_URL') : null;
  const variable = migrator ?? variableFor(env, 'DATABASE_URL') ?? 'DATABASE_URL';
  const shown = withoutPassword(env[variable] ?? '');
  return (
    `The database is the one that ${variable} names${shown === null ? '' : `: ${shown}`}\n` +
    'See that its server runs, and that host, port, user, password and database are right there. ' +
    `Without DATABASE_URL (in the environment or in .env) an embedded Postgres is used.`
  );
}

/** Host, port and database of a URL; null for what can't be read as one. Query parameters may hold secrets too. */
export function withoutPassword(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`;
}
