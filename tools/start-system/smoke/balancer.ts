import type { Check } from '../smoke.ts';
import { demand, expectStatus } from './ask.ts';
import type { Parts } from './checks.ts';

/** With two replicas and whoever has the fewest requests in hand: plenty for each to get some. */
const REQUESTS = 20;

/** By the balancer's own count: how many answers of 2xx each replica gave. */
function answersByReplica(csv: string): ReadonlyMap<string, number> {
  const [head = '', ...rows] = csv.split('\n').map((line) => line.split(','));
  const columns = [...head];
  const column = columns.indexOf('hrsp_2xx');
  const replicas = rows.filter(([proxy, server]) => proxy === 'store' && server?.startsWith('store-'));
  return new Map(replicas.map((row) => [row[1] ?? '', Number(row[column])]));
}

/** What the operator sees of the balancer, and what nobody else does. */
export function balancerChecks({ api, balancer, stores }: Parts): readonly Check[] {
  return [
    {
      what: 'the balancer is healthy',
      ask: async () => {
        await expectStatus(200, `${balancer}/health`);
        return '200';
      },
    },
    {
      what: 'health, metrics and info are not public',
      ask: async () => {
        for (const path of ['/health', '/health/ready', '/metrics', '/info']) await expectStatus(404, api + path);
        return '404';
      },
    },
    {
      what: 'each replica answers, by way of the balancer',
      ask: async () => {
        await Promise.all(Array.from({ length: REQUESTS }, () => expectStatus(200, `${api}/v1/products?limit=1`)));
        const { body } = await expectStatus(200, `${balancer}/stats;csv`);
        const counts = answersByReplica(String(body));
        const told = [...counts].map(([name, count]) => `${name}: ${count}`).join(', ');
        return demand(counts.size === stores.length && [...counts.values()].every((count) => count > 0), told);
      },
    },
  ];
}
