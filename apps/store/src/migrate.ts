import 'reflect-metadata';
import { ConfigurationInvalid, loadSettings, readEnvironment } from '#platform/config';
import { DatabaseSettings, messageOf, runMigrations } from '#platform/postgres';
import './store.module.js'; // its modules bring their migrations

/** Applies the pending migrations and ends: 0 when the schema is current, 1 with a line that says why it isn't. */
async function migrate(): Promise<void> {
  const env = withoutService(readEnvironment(process.cwd()));
  const settings = loadSettings(env, [DatabaseSettings]).get(DatabaseSettings);
  if (settings.url === undefined && settings.migratorUrl === undefined) {
    throw new Error('set DATABASE_MIGRATOR_URL or DATABASE_URL to the database that is to be migrated');
  }
  await runMigrations(settings, (line) => console.log(line));
}

/** In production the service's URL is required; a run of migrations that has its own is not to be given it. */
function withoutService(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env['DATABASE_URL']?.trim() || env['DATABASE_URL_FILE']?.trim()) return env;
  const { DATABASE_MIGRATOR_URL: url, DATABASE_MIGRATOR_URL_FILE: file } = env;
  return { ...env, DATABASE_URL: url, DATABASE_URL_FILE: file };
}

await migrate().catch((error: unknown) => {
  const reason = error instanceof ConfigurationInvalid ? error.message : messageOf(error) || String(error);
  console.error(`migrate: ${reason}`);
  process.exitCode = 1;
});
