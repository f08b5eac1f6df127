import { setTimeout as delay } from 'node:timers/promises';
import { steadyPort } from '#platform/testing';
import { RawConnection } from '../../../system/support/raw-connection.js';
import { requestBytes } from '../../../system/support/request-bytes.js';
import { StoreProcess } from '../../../system/support/store-process.js';
import { UNSHED } from '../../../system/support/unshed.js';
import { asking, LIST, type Patient, PAUSE_MS, started } from './patient.js';

const BLOCK_MS = 400;
const HALF_SENT = requestBytes({
  method: 'POST',
  path: '/v1/products',
  headers: { 'content-length': '60000' },
  body: '{',
});
/** A store that crashes lives so long after it is ready. */
const LIFE_MS = 2_000;

/** Whose process is well, dead, or not itself. */
export const PROCESSES: readonly Patient[] = [
  {
    job: 'store',
    alerts: [],
    start: async ({ shared }) => {
      const store = await started({}, shared.serviceUrl);
      return { store, suffer: (over) => asking(store, LIST, over) };
    },
  },
  {
    job: 'store-that-is-killed',
    alerts: ['ServiceDown', 'TargetDown'],
    start: async ({ shared }) => {
      const store = await started({}, shared.serviceUrl);
      return { store, suffer: () => store.stop() };
    },
  },
  {
    job: 'store-that-crashes',
    alerts: ['ProcessRestarting', 'UnhandledError'],
    mayAlso: ['ServiceDown', 'ServiceNotReady', 'TargetDown'], // between two lives
    start: async ({ shared }) => {
      const ports = { PORT: String(await steadyPort()), MANAGEMENT_PORT: String(await steadyPort()) };
      const live = () => started(ports, shared.serviceUrl, ['fail-on-signal.mjs']);
      let store = await live();
      const suffer = async (over: AbortSignal): Promise<void> => {
        while (!over.aborted) {
          // While it waits for the rest of this one, a scrape sees the count of the error.
          const held = await RawConnection.to(store.url);
          held.send(HALF_SENT);
          await fetch(store.url + LIST);
          store.signal('SIGUSR2');
          await store.exited;
          held.close();
          if (over.aborted) return;
          store = await live();
          await delay(LIFE_MS, undefined, { signal: over }).catch(() => undefined);
        }
      };
      return {
        get store() {
          return store;
        },
        suffer,
      };
    },
  },
  {
    job: 'store-that-never-reached-postgres',
    alerts: ['ServiceNotReady'],
    start: async ({ shared }) => {
      const away = new URL(shared.serviceUrl);
      away.port = String(await steadyPort());
      const store = StoreProcess.launch({ databaseUrl: away.href, env: UNSHED });
      await store.listening();
      return { store, suffer: () => Promise.resolve() };
    },
  },
  {
    job: 'store-that-computes',
    alerts: ['EventLoopDelayed'],
    mayAlso: ['ServiceDown', 'TargetDown'], // it has 50 ms of 450 for a scrape, which has 750 ms
    start: async ({ shared }) => {
      const store = await started({ TEST_BLOCK_MS: String(BLOCK_MS) }, shared.serviceUrl, ['block-on-signal.mjs']);
      const suffer = async (over: AbortSignal): Promise<void> => {
        while (!over.aborted) {
          store.signal('SIGUSR2');
          await delay(BLOCK_MS + PAUSE_MS);
        }
      };
      return { store, suffer };
    },
  },
];
