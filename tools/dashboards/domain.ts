import { CHOSEN, rate, type Dashboard } from './dashboard.ts';

const answers = (matchers: string): string => rate('http_server_request_duration_seconds_count', matchers);
const PLACE = 'method="POST",route="/v1/orders"';
const CANCEL = 'method="POST",route="/v1/orders/:id/cancel"';

/** What the shop does: orders, product pages and events. */
export const domainDashboard: Dashboard = {
  name: 'domain',
  title: 'Mainstay: shop',
  description: 'Orders, product pages and their recommendations, and the events on their way.',
  rows: [
    {
      title: 'Orders',
      panels: [
        {
          title: 'Orders placed',
          description: 'A second. Repetitions of a request that was answered are among them.',
          unit: 'ops',
          queries: [[`sum(${answers(`${PLACE},status="201"`)})`, 'placed']],
        },
        {
          title: 'Orders that were not placed',
          description: '409: out of stock, or a twin of it is on its way; 4xx: the client; 5xx: we.',
          unit: 'ops',
          queries: [[`sum by (status) (${answers(`${PLACE},status!="201"`)})`, '{{status}}']],
        },
        {
          title: 'Orders cancelled',
          description: 'By the answer: 409 is one that can not be cancelled any more.',
          unit: 'ops',
          queries: [[`sum by (status) (${answers(CANCEL)})`, '{{status}}']],
        },
        {
          title: 'Requests with an Idempotency-Key',
          description: 'A rise of `replayed` is a client, or a network, that loses answers.',
          unit: 'ops',
          queries: [[`sum by (outcome) (${rate('idempotent_requests_total')})`, '{{outcome}}']],
          width: 24,
        },
      ],
    },
    {
      title: 'Recommendations',
      panels: [
        {
          title: 'Product pages by source',
          description: 'Where their recommendations came from: live, then stale, then popular, then none.',
          unit: 'ops',
          queries: [[`sum by (source) (${rate('product_recommendations_total')})`, '{{source}}']],
          width: 12,
        },
        {
          title: 'Degraded pages',
          description: 'Share of product pages with less than they should have.',
          unit: 'percentunit',
          queries: [
            [
              `sum by (job) (${rate('degraded_responses_total', 'feature="recommendations"')}) / sum by (job) (${rate('product_recommendations_total')})`,
              '{{job}}',
            ],
          ],
          width: 12,
          alerts: ['DegradedAnswers'],
        },
      ],
    },
    {
      title: 'Events',
      panels: [
        {
          title: 'Waiting to be sent',
          description: 'In the whole database. A relay that keeps up never has a thousand.',
          unit: 'short',
          queries: [[`max by (job) (outbox_pending_events{${CHOSEN}})`, '{{job}}']],
          limit: 1_000,
          alerts: ['OutboxFilling'],
        },
        {
          title: 'Age of the oldest',
          description: 'From 60 s on what depends on it shows what was.',
          unit: 's',
          queries: [[`max by (job) (outbox_oldest_event_age_seconds{${CHOSEN}})`, '{{job}}']],
          limit: 60,
          alerts: ['OutboxLate'],
        },
        {
          title: 'Given up',
          description: 'Parked until somebody has seen to it: none is good.',
          unit: 'short',
          queries: [[`max by (job) (outbox_dead_events{${CHOSEN}})`, '{{job}}']],
          limit: 1,
          alerts: ['DeadEvents'],
        },
        {
          title: 'Sent',
          description: 'By outcome. `deferred`: what a consumer needs is away.',
          unit: 'ops',
          queries: [[`sum by (job, outcome) (${rate('outbox_published_total')})`, '{{job}} {{outcome}}']],
          width: 12,
        },
        {
          title: 'Consumed',
          description: 'By type and outcome. `duplicate`: it came twice, and was taken once.',
          unit: 'ops',
          queries: [[`sum by (type, outcome) (${rate('events_consumed_total')})`, '{{type}} {{outcome}}']],
          width: 12,
        },
      ],
    },
  ],
};
