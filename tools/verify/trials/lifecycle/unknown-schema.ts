import { createDatabase, rowsOf, runEntry } from '../../stage/databases.ts';
import { field } from '../../stage/ask.ts';
import type { Replica } from '../../stage/replica.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const NEXT = 'AddLoyaltyPoints9999999999999';
const READY_MS = 10_000;

const schemaOf = async (replica: Replica): Promise<string> => {
  const { status, json } = await replica.manage('/health/ready');
  return `${status} ${String(field(field(field(json, 'details'), 'database'), 'schema'))}`;
};

export const UNKNOWN_SCHEMA: Trial = {
  promise: 'G3',
  says: 'Migrations are a step of their own, one at a time; nobody serves on a schema that they do not know',
  how: 'a start on an empty database, two migrations at once, a start on one that was migrated further, which is then marked',
  timeoutMs: 90_000,

  run: async (stage) => {
    const database = await createDatabase(stage.serverUrl);
    stage.later(() => database.drop());
    const early = await stage.extra({ DATABASE_URL: database.serviceUrl });
    await early.probed('/health/ready', 503, READY_MS);
    const pending = await schemaOf(early);
    const env = { NODE_ENV: 'production', DATABASE_MIGRATOR_URL: database.migratorUrl };
    const runs = await Promise.allSettled(
      Array.from({ length: 2 }, () => runEntry(stage.options.release, 'migrate', env)),
    );
    await early.ready(READY_MS);
    const current = await schemaOf(early);
    await rowsOf(
      database.adminUrl,
      `INSERT INTO platform.migrations (timestamp, name) VALUES (9999999999999, '${NEXT}')`,
    );
    const late = await stage.extra({ DATABASE_URL: database.serviceUrl });
    await late.probed('/health/ready', 503, READY_MS);
    const unknown = await schemaOf(late);
    const serving = await schemaOf(early);
    await rowsOf(database.adminUrl, `INSERT INTO platform.migration_steps (name) VALUES ('${NEXT}')`);
    await late.probed('/health/ready', 200, READY_MS);
    return together([
      fact('empty', pending, '503 pending'),
      fact('two migrations', runs.map((run) => run.status).join(), 'fulfilled,fulfilled'),
      fact('then, without a restart', current, '200 current'),
      fact('a step that nobody knows', unknown, '503 unknown'),
      fact('who serves already', serving.split(' ')[0], '200'),
      fact('a step that only added', await schemaOf(late), '200 ahead'),
    ]);
  },
};
