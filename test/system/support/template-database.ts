import { createEmptyDatabase, testServerUrl, withConnection, type EmptyDatabase } from '#platform/testing';

/**
 * A copy of a database that the first suite of the run to ask for it makes. To copy one takes a tenth of a second, to run
 * the entries that fill it several.
 * @param name the same for all that are alike
 */
export async function copyOf(name: string, fill: (database: EmptyDatabase) => Promise<void>): Promise<EmptyDatabase> {
  const template = `${templatePrefix()}${name}`;
  await withConnection(testServerUrl(), async (admin) => {
    // Until this connection ends: suites that run at once make one between them.
    await admin.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [template]);
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (rowCount) return;
    const database = await createEmptyDatabase();
    try {
      await fill(database);
      // The last step: what has the name is whole.
      await admin.query(`ALTER DATABASE ${nameOf(database)} RENAME TO ${template}`);
    } catch (error) {
      await database.drop();
      throw error;
    }
  });
  return createEmptyDatabase(template);
}

const nameOf = ({ url }: EmptyDatabase): string => new URL(url).pathname.slice(1);

/** The run's own: the next may have other migrations. Jest's global set-up says it, and its end deletes what has it. */
function templatePrefix(): string {
  const prefix = process.env['TEST_TEMPLATE_PREFIX'];
  if (!prefix) throw new Error('TEST_TEMPLATE_PREFIX is not set: run this test through one of the Jest projects.');
  return prefix;
}
