import { randomUUID } from 'node:crypto';
import { testServerUrl, withConnection } from '#platform/testing';

/** A role that may do what the service's may, with a password that is a canary. A database with the roles has to be there. */
export async function canaryRole(
  password: string,
): Promise<{ in(databaseUrl: string): string; drop(): Promise<void> }> {
  const name = `canary_${randomUUID().replaceAll('-', '')}`;
  const run = (statement: string) => withConnection(testServerUrl(), (admin) => admin.query(statement));
  await run(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
  await run(`GRANT mainstay_service TO ${name}`);
  return {
    in: (databaseUrl) => Object.assign(new URL(databaseUrl), { username: name, password }).href,
    drop: () => run(`DROP ROLE ${name}`).then(() => undefined),
  };
}
