/** A program that uses a database, for tests of what runs it: `asks` it, `shows` where it is, or `fails` with 5. */
import pg from 'pg';

const [what] = process.argv.slice(2);
const url = process.env['DATABASE_URL'] ?? '';

if (what === 'asks') {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  process.stdout.write(`database ${rows[0]?.name}\n`);
  await client.end();
}
if (what === 'shows') process.stdout.write(`${url}\nmigrator ${process.env['DATABASE_MIGRATOR_URL']}\n`);
if (what === 'fails') process.exitCode = 5;
