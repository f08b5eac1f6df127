import { type Database, withClient } from '../../stage/databases.ts';

const REFUSE = 'ALTER TABLE catalog.products ADD CONSTRAINT verify_refuses CHECK (stock < 0) NOT VALID';
const MEND = 'ALTER TABLE catalog.products DROP CONSTRAINT IF EXISTS verify_refuses';

/** The database refuses each product meanwhile, and quotes it in the detail of its error. */
export async function whileRefusing({ adminUrl }: Database, work: () => Promise<void>): Promise<void> {
  await withClient(adminUrl, (client) => client.query(REFUSE));
  try {
    await work();
  } finally {
    await withClient(adminUrl, (client) => client.query(MEND));
  }
}
