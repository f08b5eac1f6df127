import { OrderClient } from './order-client.js';
import { runningStore, type RunningStore } from './running-store.js';
import { StoreClient, type NewProduct, type ProductBody } from './store-client.js';

/** A store with somebody who keeps it and people who buy. */
export class Shop {
  readonly keeper: StoreClient;

  private constructor(private readonly running: RunningStore) {
    this.keeper = new StoreClient(running.store.url);
  }

  static async open(options: Parameters<typeof runningStore>[0] = {}): Promise<Shop> {
    return new Shop(await runningStore(options));
  }

  get managementUrl(): string {
    return this.running.store.managementUrl;
  }

  customer(sub: string): OrderClient {
    return new OrderClient(this.running.store.url, sub);
  }

  /** A product that is on sale. */
  async onSale(product: Partial<NewProduct> = {}): Promise<ProductBody> {
    const { id } = await this.keeper.created(product);
    const { status, body } = await this.keeper.turn(id, 'activate');
    if (status !== 200) throw new Error(`Not on sale: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async stockOf({ id }: { readonly id: string }): Promise<number> {
    return (await this.keeper.product(id)).body.stock;
  }

  close(): Promise<void> {
    return this.running.stop();
  }
}
