import { storeDatabase } from './store-database.js';
import { StoreProcess, type StoreOptions } from './store-process.js';

export interface RunningStore {
  readonly store: StoreProcess;
  /** As the store's role, for another one beside it. */
  readonly databaseUrl: string;
  /** As a superuser, for what a test does behind the store's back. */
  readonly adminUrl: string;
  /** Ends the store and deletes its database. */
  stop(): Promise<void>;
}

/** A store that is ready, on a database of its own. */
export async function runningStore(
  options: Pick<StoreOptions, 'env'> & { seeded?: boolean } = {},
): Promise<RunningStore> {
  const database = await storeDatabase({ seeded: options.seeded ?? false });
  try {
    const store = await StoreProcess.start({ databaseUrl: database.serviceUrl, env: options.env ?? {} });
    const stop = async (): Promise<void> => {
      await store.stop();
      await database.drop();
    };
    return { store: await store.ready(), databaseUrl: database.serviceUrl, adminUrl: database.url, stop };
  } catch (error) {
    await database.drop();
    throw error;
  }
}
