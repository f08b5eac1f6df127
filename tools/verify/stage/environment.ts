import type { Given } from './house.ts';

/** The settings of a replica in production, and of what a trial wants otherwise; `undefined` takes one away. */
export function environmentOf(
  { issuer, ways, recommender, own: names }: Given,
  own: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    BIND_ADDRESS: '127.0.0.1',
    PORT: '0',
    MANAGEMENT_PORT: '0',
    DRAIN_DELAY_MS: '0', // nobody balances load here, but where a trial is about that
    DOCS_ENABLED: 'true', // what is tried is what the document says
    RATE_LIMIT_MAX: '0', // all requests come from one address
    REDIS_COMMAND_TIMEOUT_MS: '2000', // a busy machine is no outage, but where a trial is about that
    DATABASE_URL: ways.postgres.url,
    ...(ways.redis && { REDIS_URL: ways.redis.url }),
    ...(ways.nats && { NATS_URL: ways.nats.url }),
    RECOMMENDER_URL: recommender.url,
    ...issuer.env,
    ...names,
    ...own,
  };
}
