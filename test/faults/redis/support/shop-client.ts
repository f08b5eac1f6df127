import { randomUUID } from 'node:crypto';
import { Agent } from 'undici';
import type { SeededRandom } from '../../support/seeded-random.js';
import { Till } from '../../orders/support/till.js';
import { type Read, readProduct } from './readers.js';
import type { SharedShop } from './shared-shop.js';

/** Of a client's acts; the rest are changes. */
const READS_SHARE = 0.6;

export interface ShopClientOptions {
  readonly shop: SharedShop;
  readonly random: SeededRandom;
  readonly productIds: readonly string[];
}

/** Reads and changes products at random stores, one act after the other. */
export class ShopClient {
  readonly reads: Read[] = [];
  /** Answers by act and status: `{ 'order 201': 12 }`. */
  readonly counts: Record<string, number> = {};
  private readonly agent = new Agent();
  private readonly till = new Till(1);
  private readonly sub = `buyer-${randomUUID()}`;

  constructor(private readonly options: ShopClientOptions) {}

  async act(): Promise<void> {
    const { random } = this.options;
    if (random.chance(READS_SHARE)) return this.read();
    await random.pick([() => this.rename(), () => this.adjust(), () => this.order()])();
    await this.read(); // who has changed something looks at it, wherever that is
  }

  async close(): Promise<void> {
    await Promise.all([this.agent.destroy(), this.till.close()]);
  }

  /** Reads in which this client was shown an older version than it had been shown before. */
  get steppedBack(): readonly object[] {
    const seen = new Map<string, number>();
    return this.reads.flatMap(({ productId, version = 0, store }) => {
      const before = seen.get(productId) ?? 0;
      seen.set(productId, Math.max(before, version));
      return version < before ? [{ store, productId, before, then: version }] : [];
    });
  }

  private async read(): Promise<void> {
    const [store, productId] = [this.place(), this.product()];
    const url = `${this.options.shop.storeUrls[store]}/v1/products/${productId}`;
    this.reads.push(await readProduct(url, { store, productId, dispatcher: this.agent }));
  }

  /** Of whatever version it is, or of the one that this client knows: then somebody may have been quicker. */
  private async rename(): Promise<void> {
    const { shop, random } = this.options;
    const id = this.product();
    const known = this.reads.findLast(({ productId }) => productId === id)?.version;
    const ifMatch = known !== undefined && random.chance(0.5) ? `"${known}"` : '*';
    const { status, body } = await shop.keeper(this.place()).change(id, ifMatch, { name: `Kettle ${randomUUID()}` });
    this.count('rename', status);
    if (status === 200) shop.shelf.learn(body);
  }

  private async adjust(): Promise<void> {
    const { shop, random } = this.options;
    const { status, body } = await shop.keeper(this.place()).adjust(this.product(), random.pick([-2, 3]));
    this.count('adjust', status);
    if (status === 201 || status === 200) shop.shelf.learn(body);
  }

  private async order(): Promise<void> {
    const { shop, random, productIds } = this.options;
    const wanted = random.sample(productIds, random.between(1, 2));
    const lines = wanted.map((productId) => ({ productId, quantity: 1 }));
    const beganAtMs = performance.now();
    const url = shop.storeUrls[this.place()] ?? '';
    const { status } = await this.till.place(url, { sub: this.sub, key: randomUUID(), lines });
    this.count('order', status);
    if (status === 201) for (const productId of wanted) shop.shelf.changed(productId, beganAtMs);
  }

  private place(): number {
    return this.options.random.between(0, this.options.shop.storeUrls.length - 1);
  }

  private product(): string {
    return this.options.random.pick(this.options.productIds);
  }

  private count(act: string, status: number): void {
    this.counts[`${act} ${status}`] = (this.counts[`${act} ${status}`] ?? 0) + 1;
  }
}
