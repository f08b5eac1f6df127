import { namesOf } from './model.ts';
import type { System } from './system.ts';

/** What runs where, what does not run, and what to try. */
export function banner({ places, model, issuer }: Pick<System, 'places' | 'model' | 'issuer'>): string {
  const at = (name: string, port: number): string => `http://127.0.0.1:${places.portOf(name, port)}`;
  const api = at('balancer', 3000);
  const stores = namesOf('store', model.services['store'] ?? {});
  const rows = [
    ['API', `${api}/v1/products`],
    ['Balancer', `${at('balancer', 8404)}/stats`],
    ['Operations', stores.map((name) => `${at(name, 9090)}/`).join(', ')],
    ['Recommender', `${at('recommender', 9090)}/health`],
    ['Prometheus', at('prometheus', 9090)],
    ['Alertmanager', `${at('alertmanager', 9093)} (its alerts come below)`],
    ['Tokens', issuer.issue ? 'npm run token -- --sub alice --scope "orders:write catalog:write"' : 'of your issuer'],
    [
      'Not here',
      `${model.absent.join(', ')}: no package of Debian's has them; traces go to OTEL_EXPORTER_OTLP_ENDPOINT, or nowhere`,
    ],
  ];
  return [
    '',
    '  The system is up. Ctrl-C stops all of it, and deletes its data.',
    '',
    ...rows.map(([what = '', where = '']) => `  ${what.padEnd(12)} ${where}`),
    '',
    `  Try: curl -s '${api}/v1/products?limit=5'`,
    '',
    '',
  ].join('\n');
}
