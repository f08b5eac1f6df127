import { Api, type Answer } from './api.js';
import { customer } from './tokens.js';

export interface OrderBody {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly {
    readonly productId: string;
    readonly quantity: number;
    readonly unitPrice: { readonly amount: number; readonly currency: string };
  }[];
  readonly total: { readonly amount: number; readonly currency: string };
  readonly version: number;
  readonly placedAt: string;
  readonly cancelledAt: string | null;
}

export interface OrderPage {
  readonly items: readonly OrderBody[];
  readonly nextCursor: string | null;
}

/** The product, and how many of it. */
export type Wanted = readonly [product: { readonly id: string }, quantity: number];

/** The orders' routes by what they do, as one customer uses them. */
export class OrderClient {
  private readonly api: Api;
  private readonly authorization: string;

  constructor(storeUrl: string, sub: string) {
    this.api = new Api(storeUrl);
    this.authorization = customer(sub);
  }

  place<Body = OrderBody>(...wanted: readonly Wanted[]): Promise<Answer<Body>> {
    const lines = wanted.map(([{ id }, quantity]) => ({ productId: id, quantity }));
    return this.api.post('/v1/orders', { lines }, this.headers());
  }

  /** @throws Error when it was not placed */
  async placed(...wanted: readonly Wanted[]): Promise<OrderBody> {
    const { status, body } = await this.place(...wanted);
    if (status !== 201) throw new Error(`No order: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  order<Body = OrderBody>(id: string, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.api.get(`/v1/orders/${id}`, this.headers(headers));
  }

  cancel<Body = OrderBody>(id: string): Promise<Answer<Body>> {
    return this.api.post(`/v1/orders/${id}/cancel`, undefined, this.headers());
  }

  page<Body = OrderPage>(query: Record<string, string | number> = {}): Promise<Answer<Body>> {
    const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    return this.api.get(`/v1/orders?${text.toString()}`, this.headers());
  }

  /** Every order from the first page to the last. `between` runs after each page. */
  async walk(query: Record<string, string | number>, between?: () => Promise<unknown>): Promise<OrderBody[]> {
    const items: OrderBody[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { status, body }: Answer<OrderPage> = await this.page(cursor ? { ...query, cursor } : query);
      if (status !== 200) throw new Error(`No page: ${status} ${JSON.stringify(body)}`);
      items.push(...body.items);
      cursor = body.nextCursor;
      await between?.();
    }
    return items;
  }

  private headers(headers: Record<string, string> = {}): Record<string, string> {
    return { authorization: this.authorization, ...headers };
  }
}
