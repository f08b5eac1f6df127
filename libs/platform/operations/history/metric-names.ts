/** The metrics that the page is made of. `history/metric-names.spec.ts` holds them against what is declared. */
export const METRICS = {
  requests: 'http_server_request_duration_seconds',
  inFlight: 'http_server_requests_in_flight',
  shed: 'http_server_requests_shed_total',
  calls: 'dependency_request_duration_seconds',
  degraded: 'degraded_responses_total',
  caches: 'cache_requests_total',
  pool: 'database_pool_connections',
  replicaPool: 'database_replica_pool_connections',
  outboxPending: 'outbox_pending_events',
  outboxOldest: 'outbox_oldest_event_age_seconds',
  outboxDead: 'outbox_dead_events',
  published: 'outbox_published_total',
  consumed: 'events_consumed_total',
  clients: 'unique_clients',
} as const;

/** Counters whose last minute is shown by label. */
export const COUNTED = [METRICS.shed, METRICS.degraded, METRICS.caches, METRICS.published, METRICS.consumed] as const;
