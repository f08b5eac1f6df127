import { Api } from '../../../system/support/api.js';
import { PATIENT, RowLock } from '../../../system/support/row-lock.js';
import { StoreClient } from '../../../system/support/store-client.js';
import { UNCACHED } from '../../../system/support/uncached.js';
import { asking, LIST, type Patient, started, UNHURRIED } from './patient.js';

const POOL_MAX = 2;

/** Who have more to do than they can. */
export const LOAD: readonly Patient[] = [
  {
    job: 'store-overloaded',
    alerts: ['AvailabilityBudgetBurn', 'RequestsShed'],
    start: async ({ shared }) => {
      const store = await started({ ...UNCACHED, SHED_IN_FLIGHT_MAX: '1' }, shared.serviceUrl);
      return { store, suffer: (over) => asking(store, LIST, over, 8) };
    },
  },
  {
    job: 'store-without-connections',
    alerts: ['AvailabilityBudgetBurn', 'DatabasePoolUsedUp', 'DatabasePoolWaiting'],
    start: async ({ shared }) => {
      const env = { ...PATIENT, ...UNHURRIED, DATABASE_POOL_MAX: String(POOL_MAX) };
      const store = await started(env, shared.serviceUrl);
      const keeper = new StoreClient(store.url);
      const { id } = await keeper.created();
      const suffer = async (over: AbortSignal): Promise<void> => {
        const lock = await RowLock.on(shared.url, id);
        over.addEventListener('abort', () => void lock.release());
        const writer = async (): Promise<void> => {
          while (!over.aborted) await new Api(store.url).patch(`/v1/products/${id}`, { name: 'x' }, { 'if-match': '*' }).catch(() => undefined); // prettier-ignore
        };
        await Promise.all(Array.from({ length: POOL_MAX * 3 }, writer));
      };
      return { store, suffer };
    },
  },
];
