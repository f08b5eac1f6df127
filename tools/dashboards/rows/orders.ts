import { rate, type Row } from '../dashboard.ts';

const answers = (matchers: string): string => rate('http_server_request_duration_seconds_count', matchers);
const PLACE = 'method="POST",route="/v1/orders"';
const CANCEL = 'method="POST",route="/v1/orders/:id/cancel"';

export const row: Row = {
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
};
