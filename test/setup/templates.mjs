import { randomBytes } from 'node:crypto';
import pg from 'pg';

// Databases that suites copy (test/system/support/template-database.ts) have names that begin alike in one run.

export function nameTemplates() {
  process.env.TEST_TEMPLATE_PREFIX ??= `template_${randomBytes(6).toString('hex')}_`;
}

/** From a server that outlives the run. Further calls do nothing. */
export async function dropTemplates(serverUrl) {
  const prefix = process.env.TEST_TEMPLATE_PREFIX;
  if (prefix === undefined) return;
  delete process.env.TEST_TEMPLATE_PREFIX;
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [prefix]);
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
