import type { Service } from '#platform/bootstrap';
import type { ServiceOfOptions } from './start-service.js';

/**
 * A whole service of some modules alone, over stores in memory unless `env` names a database, which it has then reached:
 * it takes requests by `app.inject`, and listens nowhere.
 */
export async function aServiceOf(options: ServiceOfOptions): Promise<Service> {
  // Loaded by those alone who want it: a whole service is a tenth of a second for each suite.
  const { startService } = await import('./start-service.js');
  return startService(options);
}
