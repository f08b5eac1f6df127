import { ABSENT_ID, RedisServer } from '#platform/testing';
import { ACCESS_TABLE } from '../security/access-table.js';
import { Api } from '../support/api.js';
import { OrderClient } from '../support/order-client.js';
import { OtlpStub } from '../support/otlp/otlp-stub.js';
import { runningService, type RunningService } from '../support/running-service.js';
import { serviceDatabase } from '../support/store-database.js';
import { StoreClient, type ProductBody } from '../support/store-client.js';
import { StoreProcess } from '../support/store-process.js';
import { bearer } from '../support/tokens.js';
import { UNSHED } from '../support/unshed.js';

/** A store with all that it can have beside it, so that it exposes all that it can. */
export class WholeShop {
  private product: ProductBody | undefined;

  private constructor(
    readonly store: StoreProcess,
    readonly recommender: RunningService,
    private readonly redis: RedisServer,
    private readonly collector: OtlpStub,
    private readonly database: Awaited<ReturnType<typeof serviceDatabase>>,
  ) {}

  static async open(): Promise<WholeShop> {
    const [database, redis] = await Promise.all([serviceDatabase('store', { seeded: true }), RedisServer.start()]);
    const recommender = await runningService({ service: 'recommender' });
    const collector = await OtlpStub.start();
    const store = StoreProcess.launch({
      databaseUrl: database.serviceUrl,
      env: {
        REDIS_URL: redis.url,
        RECOMMENDER_URL: recommender.process.url,
        DATABASE_READ_URL: database.serviceUrl, // no replica of its primary: it is told of, and not used
        RATE_LIMIT_MAX: '100000',
        ...UNSHED,
        ...collector.env,
      },
    });
    const shop = new WholeShop(store, recommender, redis, collector, database);
    try {
      await store.listening();
      await store.ready();
      return shop;
    } catch (error) {
      await shop.close();
      throw error;
    }
  }

  /** A little of everything that is counted: reads, writes, orders, refusals, repetitions, degraded pages. */
  async visit(): Promise<void> {
    const { url } = this.store;
    const keeper = new StoreClient(url);
    await keeper.page({ status: 'active', limit: 3 });
    const product = await this.onSale();
    const { headers } = await keeper.product(product.id);
    await keeper.product(product.id, { 'if-none-match': headers.get('etag') ?? '' });
    await new Api(url).get(`/v1/products/${product.id}?include=recommendations`);
    await new Api(this.recommender.process.url).get(`/v1/products/${product.id}/recommendations`);
    await keeper.created();
    await keeper.change(product.id, '"999"', { name: 'x' });
    const ada = new OrderClient(url, 'ada');
    const { id } = await ada.placed([product, 1]);
    await ada.order(id);
    await ada.cancel(id);
    await ada.place([product, 1_000_000]);
    await new Api(url).get('/nowhere');
    await fetch(`${url}/v1/orders`);
    await this.visitEachRoute();
    await this.collector.span(({ name }) => name === 'GET /v1/orders');
  }

  /** As somebody who may, for what is not there: each module has something to count. */
  private async visitEachRoute(): Promise<void> {
    for (const { method, template, access, headers = {}, body } of ACCESS_TABLE) {
      const answer = await fetch(this.store.url + template.replace('{id}', ABSENT_ID), {
        method,
        headers: {
          ...headers,
          ...(access !== 'public' && { authorization: bearer({ scope: access.join(' ') }) }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body()) }),
      });
      await answer.arrayBuffer();
    }
  }

  /** More of it than a test can buy. */
  private async onSale(): Promise<ProductBody> {
    if (this.product) return this.product;
    const keeper = new StoreClient(this.store.url);
    const { id } = await keeper.created({ stock: 100_000 });
    this.product = (await keeper.turn(id, 'activate')).body;
    return this.product;
  }

  async exposed(of: 'store' | 'recommender', accept?: string): Promise<Response> {
    const { managementUrl } = of === 'store' ? this.store : this.recommender.process;
    return fetch(`${managementUrl}/metrics`, accept === undefined ? {} : { headers: { accept } });
  }

  async close(): Promise<void> {
    await this.store.stop();
    await this.recommender.stop();
    await this.redis.stop();
    await this.collector.close();
    await this.database.drop();
  }
}
