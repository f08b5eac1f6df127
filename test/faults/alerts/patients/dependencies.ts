import { RedisServer, steadyPort } from '#platform/testing';
import { PATIENT } from '../../../system/support/row-lock.js';
import { StoreClient } from '../../../system/support/store-client.js';
import { UNCACHED } from '../../../system/support/uncached.js';
import { FaultProxy } from '../../../../tools/fault-proxy/fault-proxy.ts';
import { asking, LIST, type Patient, started, UNHURRIED } from './patient.js';

/** Each way: an answer takes more than the half second of the objective. */
const SLOW_MS = 400;

/** Whose dependencies are away or slow. */
export const DEPENDENCIES: readonly Patient[] = [
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
    alerts: ['CacheInvalidationsPending', 'CircuitOpen', 'RateLimitFallback'],
    start: async ({ shared }) => {
      const redis = await RedisServer.start();
      const env = { REDIS_URL: redis.url, RATE_LIMIT_MAX: '1000000' };
      const store = await started(env, shared.serviceUrl);
      const shop = new StoreClient(store.url);
      const { id } = await shop.created();
      const suffer = async (over: AbortSignal): Promise<void> => {
        await redis.stop();
        await shop.change(id, '*', { name: 'Of which no cache was told' });
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
];
