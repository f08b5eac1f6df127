import { Agent, request } from 'undici';
import { customer, storekeeper } from '../../../system/support/tokens.js';

/** Longer than a store may take over any answer here. */
const PATIENCE_MS = 30_000;

/** An answer as it came, to be compared byte for byte. */
export interface TillAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly etag: string | undefined;
  readonly contentType: string | undefined;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** What somebody asks for, under one key. */
export interface Purchase {
  readonly sub: string;
  readonly key: string;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
}

/** Pieces that come or go by the storekeeper's hand, under one key. */
export interface Adjustment {
  readonly productId: string;
  readonly key: string;
  readonly delta: number;
  readonly reason: string;
}

/** Buys at stores over a bounded number of connections to each, and rejects when one breaks. */
export class Till {
  private readonly agent: Agent;
  private readonly tokens = new Map<string, string>();

  constructor(connections: number) {
    this.agent = new Agent({
      connections,
      pipelining: 1,
      headersTimeout: PATIENCE_MS,
      bodyTimeout: PATIENCE_MS,
    });
  }

  place(storeUrl: string, { sub, key, lines }: Purchase): Promise<TillAnswer> {
    return this.post(`${storeUrl}/v1/orders`, sub, { lines }, key);
  }

  cancel(storeUrl: string, sub: string, orderId: string): Promise<TillAnswer> {
    return this.post(`${storeUrl}/v1/orders/${orderId}/cancel`, sub);
  }

  /** As the storekeeper. */
  adjust(storeUrl: string, { productId, key, delta, reason }: Adjustment): Promise<TillAnswer> {
    const url = `${storeUrl}/v1/products/${productId}/stock-adjustments`;
    return this.ask('POST', url, headersOf(storekeeper(), key), JSON.stringify({ delta, reason }));
  }

  product(storeUrl: string, productId: string): Promise<TillAnswer> {
    return this.ask('GET', `${storeUrl}/v1/products/${productId}`, {});
  }

  order(storeUrl: string, sub: string, orderId: string): Promise<TillAnswer> {
    return this.ask('GET', `${storeUrl}/v1/orders/${orderId}`, { authorization: this.authorizationOf(sub) });
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private post(url: string, sub: string, body?: object, key?: string): Promise<TillAnswer> {
    const headers = headersOf(this.authorizationOf(sub), key);
    return body ? this.ask('POST', url, headers, JSON.stringify(body)) : this.ask('POST', url, headers);
  }

  private async ask(
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<TillAnswer> {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await request(url, {
      dispatcher: this.agent,
      method,
      headers: { ...headers, ...type },
      body: body ?? null,
    });
    const text = await answer.body.text();
    const header = (name: string): string | undefined => answer.headers[name]?.toString();
    return {
      status: answer.statusCode,
      location: header('location'),
      etag: header('etag'),
      contentType: header('content-type'),
      retryAfter: header('retry-after'),
      text,
    };
  }

  /** A signature costs more than a request: each customer signs in once. */
  private authorizationOf(sub: string): string {
    const known = this.tokens.get(sub) ?? customer(sub);
    this.tokens.set(sub, known);
    return known;
  }
}

const headersOf = (authorization: string, key?: string): Record<string, string> => ({
  authorization,
  ...(key !== undefined && { 'idempotency-key': key }),
});

/** The `code` of a problem, or undefined of an answer that is none. */
export const codeOf = ({ text }: TillAnswer): string | undefined => (JSON.parse(text) as { code?: string }).code;
export const idOf = ({ text }: TillAnswer): string => (JSON.parse(text) as { id: string }).id;
