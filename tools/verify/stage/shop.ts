import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer } from './ask.ts';
import { field, toldBy } from './ask.ts';
import type { Replica } from './replica.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

export interface Product {
  readonly id: string;
  readonly etag: string;
  readonly category: string;
}

interface Wishes {
  readonly stock?: number;
  readonly category?: string;
  readonly description?: string;
}

/** The worked example, as its keeper and its customers use it. */
export class Shop {
  private readonly keeper: string;
  private readonly bearer: (sub: string, scope: string) => string;

  constructor(bearer: (sub: string, scope: string) => string) {
    this.bearer = bearer;
    this.keeper = bearer('verify-keeper', 'catalog:write');
  }

  customer(sub: string): Readonly<Record<string, string>> {
    return { ...JSON_TYPE, authorization: this.bearer(sub, 'orders:read orders:write') };
  }

  /** A draft that nobody has read yet. @throws Error with what is answered instead */
  async draft(replica: Replica, { stock = 10, category = 'verify-shelf', description }: Wishes = {}): Promise<Product> {
    const sku = `VERIFY-${randomBytes(5).toString('hex').toUpperCase()}`;
    const price = { amount: 1_490, currency: 'EUR' };
    const body = { sku, name: 'Verified mug', category, price, stock, ...(description && { description }) };
    return productIn(await replica.ask('/v1/products', { method: 'POST', headers: this.keyed(), body }), 201);
  }

  /** On sale. @throws Error with what is answered instead */
  async onSale(replica: Replica, wishes: Wishes = {}): Promise<Product> {
    const { id, etag } = await this.draft(replica, wishes);
    return productIn(await this.activate(replica, { id, etag }), 200);
  }

  activate(replica: Replica, { id, etag }: Pick<Product, 'id' | 'etag'>): Promise<Answer> {
    const headers = { authorization: this.keeper, 'if-match': etag };
    return replica.ask(`/v1/products/${id}/activate`, { method: 'POST', headers });
  }

  rename(
    replica: Replica,
    { id }: Pick<Product, 'id'>,
    name: string,
    more: { readonly headers?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {},
  ): Promise<Answer> {
    const headers = { authorization: this.keeper, 'if-match': '*', ...more.headers };
    const signal = more.signal && { signal: more.signal };
    return replica.ask(`/v1/products/${id}`, { method: 'PATCH', headers, body: { name }, ...signal });
  }

  product(replica: Replica, { id }: Pick<Product, 'id'>, query = ''): Promise<Answer> {
    return replica.ask(`/v1/products/${id}${query}`);
  }

  async stockOf(replica: Replica, product: Pick<Product, 'id'>): Promise<number> {
    return Number(field((await this.product(replica, product)).json, 'stock'));
  }

  order(
    replica: Replica,
    sub: string,
    products: Pick<Product, 'id'> | readonly Pick<Product, 'id'>[],
    { quantity = 1, key = randomUUID() }: { readonly quantity?: number; readonly key?: string } = {},
  ): Promise<Answer> {
    const headers = { ...this.customer(sub), 'idempotency-key': key };
    const lines = [products].flat().map(({ id }) => ({ productId: id, quantity }));
    return replica.ask('/v1/orders', { method: 'POST', headers, body: { lines } });
  }

  cancel(replica: Replica, sub: string, orderId: string): Promise<Answer> {
    const { authorization = '' } = this.customer(sub);
    return replica.ask(`/v1/orders/${orderId}/cancel`, { method: 'POST', headers: { authorization } });
  }

  orders(replica: Replica, sub: string): Promise<Answer> {
    const { authorization = '' } = this.customer(sub);
    return replica.ask('/v1/orders?limit=100', { headers: { authorization } });
  }

  private keyed(): Readonly<Record<string, string>> {
    return { authorization: this.keeper, 'idempotency-key': randomUUID() };
  }
}

function productIn(answer: Answer, status: number): Product {
  if (answer.status !== status) throw new Error(`No product: ${toldBy(answer)} ${answer.text.slice(0, 300)}`);
  const [id, category] = [String(field(answer.json, 'id')), String(field(answer.json, 'category'))];
  return { id, category, etag: answer.headers.get('etag') ?? '' };
}
