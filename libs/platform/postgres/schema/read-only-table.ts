import type { QueryRunner } from 'typeorm';

const LIST_WRITERS = `
  SELECT DISTINCT CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS grantee
  FROM pg_class, aclexplode(relacl)
  WHERE pg_class.oid = $1::regclass AND grantee <> relowner
    AND privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')`;

/**
 * For a migration: whoever may write the table, its owner excepted, may only read it from now on. It asks the table who
 * that is, so that a migration needs no role's name, and runs as well where one role does everything.
 * @param table or view, with its schema; a constant, since it becomes part of the statement
 */
export async function makeReadOnly(runner: QueryRunner, table: string): Promise<void> {
  const writers = (await runner.query(LIST_WRITERS, [table])) as { grantee: string }[];
  for (const { grantee } of writers) {
    await runner.query(`REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ${table} FROM ${grantee}`);
  }
}
