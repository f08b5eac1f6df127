import type { INestApplicationContext } from '@nestjs/common';
import { loadSettings, readEnvironment, type LoadedSettings } from '#platform/config';
import { createLogger, stdoutDestination } from '#platform/logging';
import { DatabaseSettings, isServable, PostgresConnection, SchemaState } from '#platform/postgres';
import { createService, type ServiceDefinition } from './create-service.js';
import { endWith, printLine, type Print, Unconfigured } from './end-with.js';

const REACH_TIMEOUT_MS = 10_000;

export interface CommandOptions {
  /** Whether it may run with NODE_ENV=production; yes, unless said otherwise. */
  readonly inProduction?: boolean;
}

/** The command has no business in production. */
class NotInProduction extends Unconfigured {
  constructor() {
    super(
      'it does not run with NODE_ENV=production: sample data has no business there, and nothing would take it out again',
    );
  }
}

/**
 * Runs a command over a service's stores, without serving, and ends as {@link endWith} says. A command is nothing without
 * a database whose schema is this version's.
 * @param name begins the line of a failure
 */
export async function runCommand(
  definition: ServiceDefinition,
  name: string,
  work: (app: INestApplicationContext, print: Print) => Promise<void>,
  { inProduction = true }: CommandOptions = {},
): Promise<void> {
  await endWith(name, async () => {
    const env = readEnvironment(process.cwd());
    if (!inProduction && env['NODE_ENV']?.trim() === 'production') throw new NotInProduction();
    await runOnce(definition, work, loadSettings(env));
  });
}

async function runOnce(
  definition: ServiceDefinition,
  work: (app: INestApplicationContext, print: Print) => Promise<void>,
  settings: LoadedSettings,
): Promise<void> {
  if (settings.get(DatabaseSettings).url === undefined)
    throw new Unconfigured('set DATABASE_URL to the database it is for');
  const logger = createLogger({ level: 'silent', service: definition.name, version: '' }, stdoutDestination());
  const { app } = await createService(definition, settings, logger);
  try {
    await app.init();
    await app.get(PostgresConnection).whenReached(REACH_TIMEOUT_MS);
    const schema = await app.get(SchemaState).check();
    if (!isServable(schema)) throw new Error(`the schema is ${schema.state}: see \`npm run migrate -- status\``);
    await work(app, printLine);
  } finally {
    await app.close();
  }
}
