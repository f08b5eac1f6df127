import type { SampleProduct } from './sample-product.ts';

export interface BannerFacts {
  /** Where the API answers, and where the management port does: `http://127.0.0.1:3000`. */
  readonly api: string;
  readonly management: string;
  /** Whether the service serves its documentation. */
  readonly docs: boolean;
  /** Whether the service trusts the development issuer. */
  readonly issuesTokens: boolean;
  /** The database's URL without its password. */
  readonly database: string;
  /** Where the data lies, in words or as a folder. */
  readonly data: string;
  /** Null for an empty shop. */
  readonly product: SampleProduct | null;
  /** Whether the logs below are for people (a terminal) or for machines. */
  readonly readableLogs: boolean;
}

/** What runs where, and three commands that work as they are printed. */
export function banner(facts: BannerFacts): string {
  const { api, management, docs, database, data, issuesTokens, readableLogs } = facts;
  return [
    '',
    '  The store is up. Ctrl-C stops everything.',
    '',
    `  API         ${api}/v1/products`,
    ...(docs ? [`  API docs    ${api}/docs`] : []),
    `  Operations  ${management}/`,
    `  Health      ${management}/health`,
    `  Metrics     ${management}/metrics`,
    `  Postgres    ${database}`,
    `  Data        ${data}`,
    ...(issuesTokens ? ['  Tokens      npm run token -- --sub alice --scope "orders:write catalog:write"'] : []),
    `  Logs        ${readableLogs ? 'below, made readable; anywhere but on a terminal they are JSON' : 'JSON, one line each'}`,
    '',
    '  Try:',
    ...commands(facts).map((command) => `    ${command}`),
    '',
    '',
  ].join('\n');
}

/** A list, one product, and what makes this API pleasant to cache; for an empty shop, what can be asked of that. */
export function commands({ api, management, product }: Pick<BannerFacts, 'api' | 'management' | 'product'>): string[] {
  const list = `curl -s '${api}/v1/products?limit=5'`;
  const refused = `curl -i '${api}/v1/products?limit=none'`;
  if (!product) return [list, refused, `curl -s '${management}/health'`];
  const one = `${api}/v1/products/${product.id}`;
  return [list, `curl -i '${one}'`, product.etag ? `curl -i -H 'If-None-Match: ${product.etag}' '${one}'` : refused];
}
