import { createClient } from 'redis';
import { expect } from '@jest/globals';
import { RedisServer } from '#platform/testing';
import { StoreClient, type ProductBody } from '../../../system/support/store-client.js';
import type { StoreOptions, StoreProcess } from '../../../system/support/store-process.js';
import { Fleet } from '../../orders/support/fleet.js';
import { FaultProxy } from '../../../../tools/fault-proxy/fault-proxy.ts';
import { COMMAND_MS } from '../bounds.js';
import { Shelf } from './shelf.js';

const adminOf = (url: string) => createClient({ url });
export type Admin = ReturnType<typeof adminOf>;

const MANY = 1_000_000;

/** A change that was acknowledged. */
export interface Renamed {
  readonly body: ProductBody;
  readonly tookMs: number;
}

export interface SharedShopOptions {
  readonly stores: number;
  readonly products: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Several stores on one database and one Redis, which each of them reaches over a proxy of its own. */
export class SharedShop {
  readonly shelf = new Shelf();
  readonly proxies: FaultProxy[] = [];

  private constructor(
    readonly redis: RedisServer,
    readonly fleet: Fleet,
  ) {}

  static async open(options: SharedShopOptions): Promise<SharedShop> {
    const redis = await RedisServer.start();
    const env = {
      REDIS_COMMAND_TIMEOUT_MS: String(COMMAND_MS),
      CATALOG_CACHE_TTL_SECONDS: '30',
      RATE_LIMIT_MAX: String(MANY), // which nobody reaches: each request asks Redis for its limit as well
      ...options.env,
    };
    const fleet = await Fleet.of({ size: 0, env }).catch(async (error: unknown) => {
      await redis.stop();
      throw error;
    });
    const shop = new SharedShop(redis, fleet);
    try {
      while (shop.proxies.length < options.stores) await shop.join();
      while (shop.shelf.ids.length < options.products) await shop.onSale();
      return shop;
    } catch (error) {
      await shop.close();
      throw error;
    }
  }

  /** One more store, behind a proxy of its own. */
  async join({ env = {}, preload = [] }: Pick<StoreOptions, 'env' | 'preload'> = {}): Promise<StoreProcess> {
    const proxy = await FaultProxy.to(this.redis.url);
    this.proxies.push(proxy);
    return this.fleet.join({ env: { ...env, REDIS_URL: proxy.url }, preload });
  }

  get stores(): readonly StoreProcess[] {
    return this.fleet.alive;
  }

  get storeUrls(): readonly string[] {
    return this.stores.map(({ url }) => url);
  }

  /** A client of the storekeeper's at one of the stores. */
  keeper(place: number): StoreClient {
    const url = this.storeUrls[place];
    if (url === undefined) throw new Error(`There is no store ${place}.`);
    return new StoreClient(url);
  }

  async onSale(stock = 100_000): Promise<ProductBody> {
    const product = await this.fleet.onSale({ stock });
    this.shelf.learn(product);
    return product;
  }

  /** Renames a product at a store. @throws Error unless it is done */
  async rename(place: number, id: string, name: string): Promise<Renamed> {
    const beganAtMs = performance.now();
    const { status, body } = await this.keeper(place).change(id, '*', { name });
    if (status !== 200) throw new Error(`Not renamed: ${status} ${JSON.stringify(body)}`);
    this.shelf.learn(body);
    return { body, tookMs: performance.now() - beganAtMs };
  }

  /** Says something to Redis itself, past the proxies. */
  async tell<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = adminOf(this.redis.url);
    admin.on('error', () => undefined); // a test stops it
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      admin.destroy();
    }
  }

  /** No store has died, nor met a fault that nobody had thought of. */
  expectSound(): void {
    for (const { child, logs } of this.fleet.everStarted) {
      const endedByTest = child.signalCode === 'SIGKILL' || child.exitCode === 0;
      if (!endedByTest) expect([child.exitCode, child.signalCode]).toEqual([null, null]);
      expect(logs.filter(({ level }) => level === 'fatal' || level === 'error')).toEqual([]);
    }
  }

  async close(): Promise<void> {
    await this.fleet.end();
    await Promise.all(this.proxies.map((proxy) => proxy.close()));
    await this.redis.stop();
  }
}
