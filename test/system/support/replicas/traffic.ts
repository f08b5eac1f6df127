import { randomUUID } from 'node:crypto';
import { StoreClient } from '../store-client.js';
import { LoggedClient, type LoggedRequest, type RequestToLog } from './logged-client.js';
import { WAIT_MAX_MS } from './load-balancer.js';

/** Where it is read that all was counted once, and that nothing of it was lost. */
const INITIAL_STOCK = 1_000;

/** Clients that read and write without a pause, each over a connection that it keeps; a product is each one's own. */
export class Traffic {
  /** What all clients wrote down. */
  readonly log: LoggedRequest[] = [];
  private stopping = false;
  private readonly waiting = new Set<() => void>();
  private clients: readonly Promise<void>[] = [];

  private constructor(
    private readonly url: string,
    private readonly shop: StoreClient,
    private readonly products: readonly string[],
  ) {}

  static async of(clients: number, url: string): Promise<Traffic> {
    const shop = new StoreClient(url);
    const products: string[] = [];
    while (products.length < clients) products.push((await shop.created({ stock: INITIAL_STOCK })).id);
    const traffic = new Traffic(url, shop, products);
    traffic.clients = products.map((product) => traffic.run(product));
    return traffic;
  }

  /** Those that did not get what they asked for. */
  get failures(): readonly LoggedRequest[] {
    return this.log.filter(({ status }) => status !== 200);
  }

  since(startedAtMs: number): readonly LoggedRequest[] {
    return this.log.filter((request) => request.startedAtMs >= startedAtMs);
  }

  /** Resolves when so many more answers have come to what is asked from now on. */
  async answered(count: number): Promise<void> {
    const fromMs = performance.now();
    const expiry = AbortSignal.timeout(WAIT_MAX_MS);
    while (this.since(fromMs).filter(({ status }) => status !== 0).length < count) {
      expiry.throwIfAborted();
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** No further request is sent; resolves when the last answers are here. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.clients);
  }

  /** Sends each again that changes something and whose end is not known, under its key. */
  async repeatFailedWrites(): Promise<readonly LoggedRequest[]> {
    const client = new LoggedClient(this.url);
    const repeated: LoggedRequest[] = [];
    for (const { method, path, key = '', body = '' } of this.failures.filter(({ method }) => method === 'POST')) {
      repeated.push(await client.send({ method, path, key, body }));
    }
    client.close();
    return repeated;
  }

  /** How many pieces the writes have added, by the store's word. */
  async added(): Promise<number> {
    const stocks = await Promise.all(this.products.map(async (id) => (await this.shop.product(id)).body.stock));
    return stocks.reduce((sum, stock) => sum + stock - INITIAL_STOCK, 0);
  }

  /** How many pieces the writes were to add, by the clients' word. Each key stands for one. */
  get toAdd(): number {
    return this.log.filter(({ method }) => method === 'POST').length;
  }

  private async run(product: string): Promise<void> {
    const client = new LoggedClient(this.url);
    for (let turn = 0; !this.stopping; turn += 1) {
      this.log.push(await client.send(requestOf(turn, product)));
      for (const resolve of this.waiting) resolve();
      this.waiting.clear();
    }
    client.close();
  }
}

/** A page, a product, a write, and again. */
function requestOf(turn: number, product: string): RequestToLog {
  if (turn % 3 === 0) return { method: 'GET', path: '/v1/products?limit=5' };
  if (turn % 3 === 1) return { method: 'GET', path: `/v1/products/${product}` };
  return {
    method: 'POST',
    path: `/v1/products/${product}/stock-adjustments`,
    key: randomUUID(),
    body: JSON.stringify({ delta: 1, reason: 'Delivered' }),
  };
}
