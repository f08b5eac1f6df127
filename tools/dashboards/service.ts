import { CHOSEN, quantile, rate, type Dashboard } from './dashboard.ts';

const DURATION = 'http_server_request_duration_seconds';
const answers = (matchers = ''): string => rate(`${DURATION}_count`, matchers);

/** Rate, errors, duration and saturation: whether users notice, and what the process has too little of. */
export const serviceDashboard: Dashboard = {
  name: 'service',
  title: 'Mainstay: service',
  description: 'Rate, errors and duration of requests by route template, and what the replicas have too little of.',
  rows: [
    {
      title: 'What users see',
      panels: [
        {
          title: 'Failed answers',
          description: 'Share of 5xx, without what clients left (499). The objective allows 0.1% over 30 days.',
          unit: 'percentunit',
          queries: [
            [
              `(sum by (job) (${answers('status=~"5.."')}) or 0 * sum by (job) (${answers()})) / sum by (job) (${answers('status!="499"')})`,
              '{{job}}',
            ],
          ],
          limit: 0.001,
          alerts: ['AvailabilityBudgetBurn'],
        },
        {
          title: 'Slow answers',
          description: 'Share of answers that took more than 0.5 s, without 5xx. The objective allows 1% over 30 days.',
          unit: 'percentunit',
          queries: [
            [
              `1 - sum by (job) (${rate(`${DURATION}_bucket`, 'status!~"5..",le="0.5"')}) / sum by (job) (${answers('status!~"5.."')})`,
              '{{job}}',
            ],
          ],
          limit: 0.01,
          alerts: ['LatencyBudgetBurn'],
        },
        {
          title: 'Duration',
          description: 'Quantiles of all answers. The dots are single requests: follow one to its trace.',
          unit: 's',
          queries: [0.5, 0.95, 0.99].map((q) => [quantile(q, DURATION, ['job']), `{{job}} p${q * 100}`] as const),
          exemplars: true,
          limit: 0.5,
          alerts: ['LatencyBudgetBurn'],
        },
        {
          title: 'Requests by route',
          description: 'Answers a second by method and route template; (unmatched) is what no route answered.',
          unit: 'reqps',
          queries: [[`sum by (method, route) (${answers()})`, '{{method}} {{route}}']],
          width: 12,
        },
        {
          title: 'Answers by status',
          description: '499: the client left. 503: shed, or a dependency that is away; 504: the deadline has passed.',
          unit: 'reqps',
          queries: [[`sum by (status) (${answers()})`, '{{status}}']],
          width: 12,
        },
        {
          title: 'Duration by route, p99',
          description: 'The slowest hundredth of each route.',
          unit: 's',
          queries: [[quantile(0.99, DURATION, ['method', 'route']), '{{method}} {{route}}']],
          width: 12,
          exemplars: true,
        },
        {
          title: 'Clients',
          description: 'Distinct addresses. With Redis each replica shows the same number, that of all together.',
          unit: 'short',
          queries: [[`max by (job, window) (unique_clients{${CHOSEN}})`, '{{job}}, last {{window}}']],
          width: 12,
        },
      ],
    },
    {
      title: 'Who was turned away',
      panels: [
        {
          title: 'Shed',
          description: 'Refused at once with 503, by what there was too much of.',
          unit: 'reqps',
          queries: [[`sum by (job, reason) (${rate('http_server_requests_shed_total')})`, '{{job}} {{reason}}']],
          alerts: ['RequestsShed'],
        },
        {
          title: 'Without a good token',
          description: 'A rise of `signature` is an attack, one of `key` a rotation gone wrong.',
          unit: 'reqps',
          queries: [[`sum by (reason) (${rate('authentication_failures_total')})`, '{{reason}}']],
        },
        {
          title: 'Beyond their limit',
          description: 'Answered with 429, by the limit; and how many were counted by one replica alone (no Redis).',
          unit: 'reqps',
          queries: [
            [`sum by (limit) (${rate('rate_limited_requests_total')})`, '{{limit}}'],
            [`sum by (job) (${rate('rate_limit_fallbacks_total')})`, '{{job}}: counted alone'],
          ],
          alerts: ['RateLimitFallback'],
        },
      ],
    },
    {
      title: 'What replicas have too little of',
      panels: [
        {
          title: 'In flight',
          description: 'Requests that are not answered yet. At SHED_IN_FLIGHT_MAX more are refused.',
          unit: 'short',
          queries: [[`http_server_requests_in_flight{${CHOSEN}}`, '{{job}} {{instance}}']],
          alerts: ['MetricsAbsent'],
        },
        {
          title: 'Event loop, p99 of its delay',
          description: 'From a median of 0.2 s on fewer are let in, none at last. The measure itself has 10 ms.',
          unit: 's',
          queries: [[`nodejs_eventloop_lag_p99_seconds{${CHOSEN}}`, '{{job}} {{instance}}']],
          limit: 0.2,
          alerts: ['EventLoopDelayed'],
        },
        {
          title: 'Heap, of what it may be',
          description: 'From 90% on all is refused; at 100% V8 ends the process.',
          unit: 'percentunit',
          queries: [
            [
              `nodejs_heap_size_used_bytes{${CHOSEN}} / nodejs_heap_size_limit_bytes{${CHOSEN}}`,
              '{{job}} {{instance}}',
            ],
          ],
          limit: 0.8,
          alerts: ['HeapNearLimit'],
        },
        {
          title: 'Processor',
          description: 'Seconds of processor time a second: JavaScript has one core, so about 1 is all there is.',
          unit: 'short',
          queries: [[rate('process_cpu_seconds_total'), '{{job}} {{instance}}']],
        },
        {
          title: 'Memory',
          description: 'Resident; and what lies outside of the heap (buffers).',
          unit: 'bytes',
          queries: [
            [`process_resident_memory_bytes{${CHOSEN}}`, '{{job}} {{instance}} resident'],
            [`nodejs_external_memory_bytes{${CHOSEN}}`, '{{job}} {{instance}} external'],
          ],
        },
        {
          title: 'Garbage collection',
          description: 'Share of the time, by kind: a major one that grows is a heap that fills up.',
          unit: 'percentunit',
          queries: [[`sum by (job, kind) (${rate('nodejs_gc_duration_seconds_sum')})`, '{{job}} {{kind}}']],
        },
        {
          title: 'File descriptors',
          description: 'Sockets among them. They grow with connections, and fall with them.',
          unit: 'short',
          queries: [[`process_open_fds{${CHOSEN}}`, '{{job}} {{instance}}']],
        },
        {
          title: 'Builds',
          description: 'Replicas by build: two for long is a deployment that got stuck.',
          unit: 'short',
          queries: [[`count by (job, version, commit) (build_info{${CHOSEN}})`, '{{job}} {{version}} {{commit}}']],
        },
        {
          title: 'Up for',
          description: 'Since the process started: short for all is a deployment, short again and again a crash.',
          unit: 's',
          queries: [[`time() - process_start_time_seconds{${CHOSEN}}`, '{{job}} {{instance}}']],
          alerts: ['ProcessRestarting', 'UnhandledError', 'ServiceDown', 'TargetDown'],
        },
      ],
    },
  ],
};
