import 'reflect-metadata';
import { ConfigurationInvalid, loadSettings, readEnvironment } from '#platform/config';
import { DatabaseSettings, messageOf, runMigrations } from '#platform/postgres';
import './store.module.js'; // its modules bring their migrations

/** Applies the pending migrations and ends: 0 when the schema is current, 1 with a line that says why it isn't. */
async function migrate(): Promise<void> {
  const settings = loadSettings(readEnvironment(process.cwd()), [DatabaseSettings]).get(DatabaseSettings);
  if (settings.url === undefined && settings.migratorUrl === undefined) {
    throw new Error('set DATABASE_MIGRATOR_URL or DATABASE_URL to the database that is to be migrated');
  }
  await runMigrations(settings, (line) => console.log(line));
}

await migrate().catch((error: unknown) => {
  const reason = error instanceof ConfigurationInvalid ? error.message : messageOf(error) || String(error);
  console.error(`migrate: ${reason}`);
  process.exitCode = 1;
});
