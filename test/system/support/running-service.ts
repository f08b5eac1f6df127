import { replicatedStore, type AskedService } from './replicas/replicated-store.js';
import { ServiceProcess, type ServiceOptions } from './service-process.js';
import { serviceDatabase } from './store-database.js';
import { isReplicated } from './topology.js';

export interface RunningService {
  readonly process: AskedService;
  /** As the service's role, for another one beside it. */
  readonly databaseUrl: string;
  /** As a superuser, for what a test does behind the service's back. */
  readonly adminUrl: string;
  /** Ends the service and deletes its database. */
  stop(): Promise<void>;
}

export interface Furnishing {
  readonly seeded?: boolean;
}

/** A service that is ready, on a database of its own. */
export async function runningService({
  service = 'store',
  env = {},
  seeded = false,
}: Pick<ServiceOptions, 'service' | 'env'> & Furnishing): Promise<RunningService> {
  if (service === 'store' && isReplicated) return replicatedStore({ env, seeded });
  const database = await serviceDatabase(service, { seeded });
  try {
    const process = await ServiceProcess.start({ service, databaseUrl: database.serviceUrl, env });
    const stop = async (): Promise<void> => {
      await process.stop();
      await database.drop();
    };
    return { process: await process.ready(), databaseUrl: database.serviceUrl, adminUrl: database.url, stop };
  } catch (error) {
    await database.drop();
    throw error;
  }
}
