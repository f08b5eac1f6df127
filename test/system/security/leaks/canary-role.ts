import { randomUUID } from 'node:crypto';
import { testServerUrl, withConnection } from '#platform/testing';

/** A role of the test server that may do what the suite's own may, with a password that is a canary. */
export async function canaryRole(
  password: string,
): Promise<{ in(databaseUrl: string): string; drop(): Promise<void> }> {
  const name = `canary_${randomUUID().replaceAll('-', '')}`;
  const run = (statement: string) => withConnection(testServerUrl(), (admin) => admin.query(statement));
  await run(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
  await run(`DO $$ BEGIN EXECUTE format('GRANT %I TO ${name}', current_user); END $$`);
  return {
    in: (databaseUrl) => Object.assign(new URL(databaseUrl), { username: name, password }).href,
    drop: () => run(`DROP ROLE ${name}`).then(() => undefined),
  };
}
