import type { EmptyDatabase } from '#platform/testing';
import { runEntry } from './run-entry.js';
import type { ServiceName } from './spawn-service.js';
import { copyOf } from './template-database.js';

export { runEntry } from './run-entry.js';

/** An own database on the test server, as the built entries of the service have migrated and, if asked, seeded one. */
export async function serviceDatabase(service: ServiceName, { seeded = false } = {}): Promise<EmptyDatabase> {
  return copyOf(`${service}${seeded ? '_seeded' : ''}`, async (database) => {
    await runEntry('migrate', database, { service });
    if (seeded) await runEntry('seed', database, { service });
  });
}

export const storeDatabase = (options: { seeded?: boolean } = {}): Promise<EmptyDatabase> =>
  serviceDatabase('store', options);
