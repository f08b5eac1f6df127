import { runningService, type Furnishing, type RunningService } from './running-service.js';
import type { StoreOptions } from './store-process.js';

export interface RunningStore extends Omit<RunningService, 'process'> {
  readonly store: RunningService['process'];
}

/** A store that is ready, on a database of its own. */
export async function runningStore(options: Pick<StoreOptions, 'env'> & Furnishing = {}): Promise<RunningStore> {
  const { process, ...rest } = await runningService(options);
  return { store: process, ...rest };
}
