import { field } from '../../stage/ask.ts';
import { withClient } from '../../stage/databases.ts';
import { allOf, fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

/** SQLSTATE: insufficient_privilege. */
const REFUSED = '42501';

const FORBIDDEN = [
  'CREATE TABLE catalog.mine (id integer)',
  'CREATE TABLE public.mine (id integer)',
  'CREATE SCHEMA mine',
  'DROP TABLE catalog.products',
  'ALTER TABLE catalog.products ADD COLUMN mine integer',
  'TRUNCATE orders.orders',
  'CREATE INDEX mine ON orders.orders (id)',
  'CREATE TEMPORARY TABLE mine (id integer)',
  "INSERT INTO platform.migrations (timestamp, name) VALUES (1, 'mine')",
  'ALTER ROLE mainstay_service SUPERUSER',
  'SET ROLE mainstay_migrator',
];

export const LEAST_PRIVILEGE: Trial = {
  promise: 'F5',
  says: "The service's role reads and writes rows, and can do nothing to the schema",
  how: `${FORBIDDEN.length} statements as that role, each of which changes more; what /health says of it`,

  run: async ({ database, first }) => {
    const faults: string[] = [];
    await withClient(database.serviceUrl, async (client) => {
      for (const sql of FORBIDDEN) {
        const code = await client.query(`BEGIN; ${sql}`).then(
          () => 'done',
          (error: unknown) => String(field(error, 'code')),
        );
        await client.query('ROLLBACK');
        if (code !== REFUSED) faults.push(`${sql}: ${code}`);
      }
    });
    const details = field((await first.manage('/health')).json, 'details');
    return together([
      allOf(FORBIDDEN.length, 'statements refused', faults),
      fact('least privilege by /health', field(field(details, 'database'), 'leastPrivilege'), true),
    ]);
  },
};
