import { setTimeout as delay } from 'node:timers/promises';
import { RedisServer, steadyPort, withConnection, type EmptyDatabase } from '#platform/testing';
import { PATIENT, RowLock } from '../../system/support/row-lock.js';
import { Api } from '../../system/support/api.js';
import { StoreClient } from '../../system/support/store-client.js';
import { StoreProcess } from '../../system/support/store-process.js';
import { UNCACHED } from '../../system/support/uncached.js';
import { plantEvent } from '../orders/support/planted-event.js';
import { FaultProxy } from '../support/proxy/fault-proxy.js';

/** What a store suffers from, and what is to be heard of it. */
export interface Patient {
  /** The job of Prometheus. */
  readonly job: string;
  /** The names of all alerts that fire for it, and no other. */
  readonly alerts: readonly string[];
  /** Those that a busy machine may add to it. */
  readonly mayAlso?: readonly string[];
  /** Starts it, healthy, save who never was. */
  readonly start: (databases: Databases) => Promise<Sick>;
}

/** One for all, save for whom what stands in the database is the fault. */
export interface Databases {
  readonly shared: EmptyDatabase;
  readonly own: EmptyDatabase;
  /** Of another one. */
  readonly other: EmptyDatabase;
}

export interface Sick {
  readonly store: StoreProcess;
  /** Makes it ill, and keeps it so until the signal. */
  readonly suffer: (over: AbortSignal) => Promise<void>;
  readonly end?: () => Promise<void>;
}

const PAUSE_MS = 50;
const BLOCK_MS = 400;
const POOL_MAX = 2;
/** Each way: an answer takes more than the half second of the objective. */
const SLOW_MS = 400;
/** It waits for Postgres rather than fail. */
const UNHURRIED = { DATABASE_ACQUIRE_TIMEOUT_MS: '8000', REQUEST_TIMEOUT_MS: '10000' };
const QUIET = { SHED_EVENT_LOOP_DELAY_MS: '10000' };

async function started(env: Readonly<Record<string, string>>, databaseUrl: string, preload: string[] = []) {
  const store = StoreProcess.launch({ databaseUrl, env: { ...QUIET, ...env }, preload });
  await store.listening();
  return store.ready();
}

/** Asks over and over, one question at a time for each client. Whatever comes is an answer. */
async function asking(store: StoreProcess, path: string, over: AbortSignal, clients = 1): Promise<void> {
  const client = async (): Promise<void> => {
    while (!over.aborted) {
      await fetch(store.url + path).then(async (answer) => answer.arrayBuffer()).catch(() => undefined); // prettier-ignore
      await delay(PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

const LIST = '/v1/products?limit=1';

export const PATIENTS: readonly Patient[] = [
  {
    job: 'store',
    alerts: [],
    start: async ({ shared }) => {
      const store = await started({}, shared.serviceUrl);
      return { store, suffer: (over) => asking(store, LIST, over) };
    },
  },
  {
    job: 'store-without-recommender',
    alerts: ['CircuitOpen', 'DegradedAnswers'],
    start: async ({ shared }) => {
      const url = `http://127.0.0.1:${await steadyPort()}`;
      const store = await started({ RECOMMENDER_URL: url }, shared.serviceUrl);
      const { id } = await new StoreClient(store.url).created();
      return { store, suffer: (over) => asking(store, `/v1/products/${id}?include=recommendations`, over, 2) };
    },
  },
  {
    job: 'store-without-redis',
    alerts: ['CircuitOpen', 'RateLimitFallback'],
    start: async ({ shared }) => {
      const redis = await RedisServer.start();
      const env = { REDIS_URL: redis.url, RATE_LIMIT_MAX: '1000000' };
      const store = await started(env, shared.serviceUrl);
      const suffer = async (over: AbortSignal): Promise<void> => {
        await redis.stop();
        await asking(store, LIST, over, 2);
      };
      return { store, suffer, end: () => redis.stop() };
    },
  },
  {
    job: 'store-without-postgres',
    alerts: ['AvailabilityBudgetBurn'],
    start: async ({ shared }) => {
      const proxy = await FaultProxy.to(shared.serviceUrl);
      const store = await started(UNCACHED, proxy.url);
      const suffer = async (over: AbortSignal): Promise<void> => {
        await proxy.down();
        await asking(store, LIST, over);
      };
      return { store, suffer, end: () => proxy.down() };
    },
  },
  {
    job: 'store-with-a-slow-postgres',
    alerts: ['LatencyBudgetBurn'],
    start: async ({ shared }) => {
      const proxy = await FaultProxy.to(shared.serviceUrl);
      const store = await started({ ...UNCACHED, ...PATIENT, ...UNHURRIED }, proxy.url);
      const suffer = async (over: AbortSignal): Promise<void> => {
        proxy.latency(SLOW_MS);
        await asking(store, LIST, over, 2);
      };
      return { store, suffer, end: () => proxy.down() };
    },
  },
  {
    job: 'store-without-replica',
    alerts: ['ReadReplicaOut'],
    start: async ({ shared }) => {
      const url = new URL(shared.serviceUrl);
      url.port = String(await steadyPort());
      const store = await started({ DATABASE_READ_URL: url.href }, shared.serviceUrl);
      return { store, suffer: (over) => asking(store, LIST, over) };
    },
  },
  {
    job: 'store-without-broker',
    alerts: ['OutboxLate'],
    start: async ({ other }) => {
      const store = await started({ NATS_URL: `nats://127.0.0.1:${await steadyPort()}` }, other.serviceUrl);
      const suffer = async (): Promise<void> => {
        const id = await plantEvent(other.url, { type: 'trial.happened.v1', data: {} });
        await withConnection(other.url, (admin) =>
          admin.query("UPDATE messaging.outbox SET occurred_at = now() - interval '1 hour' WHERE id = $1", [id]),
        );
      };
      return { store, suffer };
    },
  },
  {
    job: 'store-overloaded',
    alerts: ['AvailabilityBudgetBurn', 'RequestsShed'],
    start: async ({ shared }) => {
      const store = await started({ ...UNCACHED, SHED_IN_FLIGHT_MAX: '1' }, shared.serviceUrl);
      return { store, suffer: (over) => asking(store, LIST, over, 8) };
    },
  },
  {
    job: 'store-with-dead-events',
    alerts: ['DeadEvents'],
    start: async ({ own }) => {
      const store = await started({}, own.serviceUrl);
      const suffer = async (): Promise<void> => {
        const id = await plantEvent(own.url, { type: 'trial.happened.v1', data: {} });
        await withConnection(own.url, (admin) =>
          admin.query('UPDATE messaging.outbox SET sent_at = NULL, parked_at = now() WHERE id = $1', [id]),
        );
      };
      return { store, suffer };
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
    job: 'store-that-never-reached-postgres',
    alerts: ['ServiceNotReady'],
    start: async ({ shared }) => {
      const away = new URL(shared.serviceUrl);
      away.port = String(await steadyPort());
      const store = StoreProcess.launch({ databaseUrl: away.href, env: QUIET });
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
