import 'reflect-metadata';
import { createService } from '#platform/bootstrap';
import { ConfigurationInvalid, loadSettings, readEnvironment } from '#platform/config';
import { createLogger, stdoutDestination } from '#platform/logging';
import { DatabaseSettings, messageOf, PostgresConnection, SchemaState } from '#platform/postgres';
import { runSeeds } from '#platform/seeding';
import { store } from './store.definition.js';

const REACH_TIMEOUT_MS = 10_000;

/** Adds what is missing of the modules' sample data and ends: 0 when all is there, 1 with a line that says why not. */
async function seed(): Promise<void> {
  const settings = loadSettings(readEnvironment(process.cwd()));
  if (settings.get(DatabaseSettings).url === undefined) {
    throw new Error('set DATABASE_URL to the database that is to hold the sample data');
  }
  const logger = createLogger({ level: 'silent', service: store.name, version: '' }, stdoutDestination());
  const { app } = await createService(store, settings, logger);
  try {
    await app.init();
    await app.get(PostgresConnection).whenReached(REACH_TIMEOUT_MS);
    const { state } = await app.get(SchemaState).check();
    if (state !== 'current') throw new Error(`the schema is ${state}: apply the migrations of this version first`);
    await runSeeds(app, (line) => console.log(line));
  } finally {
    await app.close();
  }
}

await seed().catch((error: unknown) => {
  const reason = error instanceof ConfigurationInvalid ? error.message : messageOf(error) || String(error);
  console.error(`seed: ${reason}`);
  process.exitCode = 1;
});
