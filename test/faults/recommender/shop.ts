import { Api } from '../../system/support/api.js';
import { runningStore, type RunningStore } from '../../system/support/running-store.js';
import { StoreClient, type ProductBody } from '../../system/support/store-client.js';
import { OpenLoopLoad, type LoadOptions } from '../support/load/open-loop-load.js';
import { ok } from '../../../tools/stub-recommender/behaviours.ts';
import type { Behaviour } from '../../../tools/stub-recommender/exchange.ts';
import { StubRecommender } from '../../../tools/stub-recommender/stub-recommender.ts';

const PRODUCTS = 100;
const RECOMMENDED = 5;

export interface Recommendations {
  readonly items: readonly { readonly id: string; readonly category: string }[];
  readonly source: 'live' | 'stale' | 'popular' | 'none';
  readonly degraded: boolean;
}

export interface Page {
  readonly status: number;
  readonly body: ProductBody & { readonly recommendations: Recommendations };
  readonly tookMs: number;
}

export interface ShopOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Where the store looks for the recommender, when not at the stub itself. */
  readonly recommenderUrl?: string;
}

/** A seeded store that asks a stub for its recommendations. */
export class Shop {
  private readonly api: Api;
  private readonly loads: OpenLoopLoad[] = [];

  private constructor(
    private readonly running: RunningStore,
    readonly stub: StubRecommender,
    /** On sale, of several categories. */
    readonly products: readonly ProductBody[],
  ) {
    this.api = new Api(running.store.url);
  }

  static async open(stub: StubRecommender, { env = {}, recommenderUrl = stub.url }: ShopOptions = {}): Promise<Shop> {
    const running = await runningStore({ seeded: true, env: { ...env, RECOMMENDER_URL: recommenderUrl } }).catch(
      async (error: unknown) => {
        await stub.stop(); // else it would hold the whole run
        throw error;
      },
    );
    const { body } = await new StoreClient(running.store.url).page({ status: 'active', limit: PRODUCTS });
    const shop = new Shop(running, stub, body.items);
    await shop.recommend();
    await shop.page(shop.product(PRODUCTS - 1)); // the first answer of a process is its slowest
    return shop;
  }

  get store(): RunningStore['store'] {
    return this.running.store;
  }

  product(place: number): ProductBody {
    const product = this.products[place];
    if (!product) throw new Error(`There are ${this.products.length} products.`);
    return product;
  }

  /** The recommender is well from now on. */
  recommend(): Promise<void> {
    return this.stub.answers(this.good);
  }

  /** Recommends the products that follow, of those that are not the product itself. */
  get good(): Behaviour {
    return ok((productId) =>
      this.recommendedFor(productId).map((id, place) => ({ productId: id, score: 1 - place / 10 })),
    );
  }

  /** The ids that a live page shows, in order. */
  recommendedFor(productId: string): readonly string[] {
    const place = this.products.findIndex(({ id }) => id === productId);
    return Array.from({ length: RECOMMENDED }, (_, next) => this.product((place + next + 1) % this.products.length).id);
  }

  pathOf({ id }: ProductBody): string {
    return `/v1/products/${id}?include=recommendations`;
  }

  async page(product: ProductBody): Promise<Page> {
    const startedAtMs = performance.now();
    const { status, body } = await this.api.get<Page['body']>(this.pathOf(product));
    return { status, body, tookMs: performance.now() - startedAtMs };
  }

  /** Asked for by turns, one after the other. */
  async pages(count: number): Promise<readonly Page[]> {
    const pages: Page[] = [];
    while (pages.length < count) pages.push(await this.page(this.product(pages.length % this.products.length)));
    return pages;
  }

  /** Pages of all products by turns, whether the store keeps up or not. */
  load(options: Pick<LoadOptions, 'ratePerSecond' | 'durationMs'>): OpenLoopLoad {
    const request = (index: number): { path: string } => ({
      path: this.pathOf(this.product(index % this.products.length)),
    });
    const load = OpenLoopLoad.start({ url: this.store.url, request, ...options });
    this.loads.push(load);
    return load;
  }

  /** Nothing of it goes on, also when a test has failed half-way. */
  async close(): Promise<void> {
    await Promise.all(this.loads.map((load) => load.stop()));
    await this.running.stop();
    await this.stub.stop();
  }
}
