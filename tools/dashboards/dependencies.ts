import { CHOSEN, quantile, rate, type Dashboard } from './dashboard.ts';

const DURATION = 'dependency_request_duration_seconds';
const GOOD = 'ok|rejected|cancelled|aborted';

/** Postgres, Redis, the broker and the recommender as the services see them. */
export const dependenciesDashboard: Dashboard = {
  name: 'dependencies',
  title: 'Mainstay: dependencies',
  description: 'What the services ask of others, how long they wait, and what they do without.',
  rows: [
    {
      title: 'Calls',
      panels: [
        {
          title: 'Calls',
          description: 'A second, by dependency and outcome. `rejected`: it answered no; `aborted`: the caller left.',
          unit: 'ops',
          queries: [[`sum by (dependency, outcome) (${rate(`${DURATION}_count`)})`, '{{dependency}} {{outcome}}']],
        },
        {
          title: 'Failed calls',
          description: 'Share of calls that had no answer, or were not made because of those before.',
          unit: 'percentunit',
          queries: [
            [
              `(sum by (dependency) (${rate(`${DURATION}_count`, `outcome!~"${GOOD}"`)}) or 0 * sum by (dependency) (${rate(`${DURATION}_count`)})) / sum by (dependency) (${rate(`${DURATION}_count`)})`,
              '{{dependency}}',
            ],
          ],
          limit: 0.5,
          alerts: ['CircuitOpen'],
        },
        {
          title: 'Circuit breakers',
          description: '0 closed, 1 half-open, 2 open, by replica.',
          unit: 'short',
          queries: [[`dependency_breaker_state{${CHOSEN}}`, '{{job}} {{instance}} {{dependency}}']],
          kind: 'state',
          alerts: ['CircuitOpen'],
        },
        {
          title: 'Duration by dependency, p99',
          description: 'Waits for a connection included. Redis may take 0.1 s, the recommender 0.3 s, a statement 3 s.',
          unit: 's',
          queries: [[quantile(0.99, DURATION, ['dependency']), '{{dependency}}']],
          width: 12,
          exemplars: true,
        },
        {
          title: 'Duration by operation, p99',
          description: 'Statements and calls by their names.',
          unit: 's',
          queries: [[quantile(0.99, DURATION, ['dependency', 'operation']), '{{dependency}} {{operation}}']],
          width: 12,
          exemplars: true,
        },
      ],
    },
    {
      title: 'Postgres',
      panels: [
        {
          title: 'Pool: connections in use',
          description: 'Of what the pool allows, by replica.',
          unit: 'percentunit',
          queries: [
            [
              `database_pool_connections{${CHOSEN},state="used"} / on (job, instance) database_pool_connections{${CHOSEN},state="max"}`,
              '{{job}} {{instance}}',
            ],
          ],
          limit: 0.9,
          alerts: ['DatabasePoolUsedUp'],
        },
        {
          title: 'Pool: by state',
          description:
            '`waiting`: callers without a connection. More than none for long is too few, or a slow database.',
          unit: 'short',
          queries: [[`sum by (job, state) (database_pool_connections{${CHOSEN}})`, '{{job}} {{state}}']],
          alerts: ['DatabasePoolWaiting'],
        },
        {
          title: 'Statements by outcome',
          description: '`timeout`: it took longer than it may; `unavailable`: no connection.',
          unit: 'ops',
          queries: [[`sum by (outcome) (${rate(`${DURATION}_count`, 'dependency="postgres"')})`, '{{outcome}}']],
        },
        {
          title: 'Read replica: lag',
          description: 'How old what it shows may be; +Inf: it is not known.',
          unit: 's',
          queries: [[`max by (job) (database_replica_lag_seconds{${CHOSEN}})`, '{{job}}']],
          limit: 5,
          alerts: ['ReadReplicaLagging'],
        },
        {
          title: 'Read replica: reads',
          description: 'Where reads that tolerate it went, and why.',
          unit: 'ops',
          queries: [
            [`sum by (route, reason) (${rate('database_tolerant_reads_total')})`, '{{route}}, because {{reason}}'],
          ],
          alerts: ['ReadReplicaOut'],
        },
        {
          title: 'Read replica: pool',
          description: 'Its connections, by state.',
          unit: 'short',
          queries: [[`sum by (job, state) (database_replica_pool_connections{${CHOSEN}})`, '{{job}} {{state}}']],
        },
      ],
    },
    {
      title: 'Cache',
      panels: [
        {
          title: 'Reads through caches',
          description: '`held`: a change is under way; `bypass`: the cache is away.',
          unit: 'ops',
          queries: [[`sum by (cache, result) (${rate('cache_requests_total')})`, '{{cache}} {{result}}']],
        },
        {
          title: 'Answered from the cache',
          description: 'Share of reads, the stale ones included.',
          unit: 'percentunit',
          queries: [
            [
              `sum by (cache) (${rate('cache_requests_total', 'result=~"hit|stale"')}) / sum by (cache) (${rate('cache_requests_total')})`,
              '{{cache}}',
            ],
          ],
        },
        {
          title: 'Changes that it was not told of',
          description: 'Other replicas may show what was.',
          unit: 'short',
          queries: [[`cache_pending_invalidations{${CHOSEN}}`, '{{job}} {{instance}}']],
          limit: 1,
          alerts: ['CacheInvalidationsPending'],
        },
      ],
    },
  ],
};
