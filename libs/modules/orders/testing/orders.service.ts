import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '#kernel/id';
import { CatalogModule } from '#modules/catalog';
import { RecommendationsModule } from '#modules/recommendations';
import { aServiceOf, TestIssuer } from '#platform/testing';
import { OrderRepository } from '../application/ports/order.repository.js';
import { Stock } from '../application/ports/stock.js';
import { OrdersModule } from '../orders.module.js';

const SCOPES = 'orders:read orders:write catalog:write';

type Method = 'GET' | 'POST' | 'PATCH';
type Headers = Readonly<Record<string, string>>;

/** A product to be put on sale. */
export interface ForSale {
  readonly stock?: number;
  readonly price?: { readonly amount: number; readonly currency: string };
}

/** A whole service of the orders and the catalog that they need; it takes requests, and listens nowhere. */
export class OrdersService {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly issuer: TestIssuer,
  ) {}

  /** Over stores in memory, unless `env` names a database. */
  static async started(env: Headers = {}): Promise<OrdersService> {
    const issuer = await TestIssuer.listening();
    const { app } = await aServiceOf({
      name: 'orders',
      env: { ...issuer.env, ...env },
      modules: () => [CatalogModule, { module: RecommendationsModule, global: true }, OrdersModule],
      onClose: () => issuer.close(),
    });
    return new OrdersService(app, issuer);
  }

  get orders(): OrderRepository {
    return this.app.get(OrderRepository, { strict: false });
  }

  get stock(): Stock {
    return this.app.get(Stock, { strict: false });
  }

  /** A request of this customer's; each POST with a key of its own, unless one is given. */
  async as<Body>(customer: string, method: Method, url: string, payload?: object, headers: Headers = {}) {
    const authorization = `Bearer ${this.issuer.token({ sub: customer, scope: SCOPES })}`;
    const answer = await this.app.inject({
      method,
      url,
      headers: { authorization, ...(method === 'POST' && { 'idempotency-key': newId() }), ...headers },
      ...(payload && { payload }),
    });
    const body = (answer.body === '' ? undefined : answer.json()) as Body;
    return { status: answer.statusCode, headers: answer.headers, body };
  }

  /** The id of a new product: a draft, which {@link onSale} puts on sale. */
  async aDraft({ stock = 17, price = { amount: 5_490, currency: 'EUR' } }: ForSale = {}): Promise<string> {
    const sku = `SKU-${(made += 1)}`;
    const draft = { sku, name: 'Pour-over kettle', category: 'coffee-and-tea', price, stock };
    const { status, body } = await this.as<{ id: string }>('storekeeper-7', 'POST', '/v1/products', draft);
    if (status !== 201) throw new Error(`No product: ${status} ${JSON.stringify(body)}`);
    return body.id;
  }

  async onSale(product: ForSale = {}): Promise<string> {
    const id = await this.aDraft(product);
    await this.turn(id, 'activate');
    return id;
  }

  async turn(id: string, verb: 'activate' | 'discontinue'): Promise<void> {
    const path = `/v1/products/${id}/${verb}`;
    const { status } = await this.as('storekeeper-7', 'POST', path, undefined, { 'if-match': '*' });
    if (status !== 200) throw new Error(`No ${verb}: ${status}`);
  }

  async stockOf(id: string): Promise<number> {
    return (await this.as<{ stock: number }>('storekeeper-7', 'GET', `/v1/products/${id}`)).body.stock;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

let made = 0;
