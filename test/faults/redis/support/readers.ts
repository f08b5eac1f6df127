import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { ProductBody } from '../../../system/support/store-client.js';
import { ClientLog } from '../../support/load/client-log.js';

const PATIENCE_MS = 10_000;
/** Between two reads of one reader: what is measured are the stores, and not how much the machine carries. */
const PAUSE_MS = 20;
/** One of so many reads is of the page with recommendations. */
const PAGE_EVERY = 5;

/** One read of a product. Times are of `performance.now()`. */
export interface Read {
  readonly store: number;
  readonly productId: string;
  readonly beganAtMs: number;
  readonly endedAtMs: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly text: string;
  readonly body: ProductBody | undefined;
  readonly version: number | undefined;
}

export interface ReadersOptions {
  readonly storeUrls: readonly string[];
  readonly productIds: readonly string[];
  readonly count: number;
}

/** Clients that read products of all stores by turns, until they are stopped. */
export class Readers {
  readonly reads: Read[] = [];
  private readonly agent: Agent;
  private readonly reading: Promise<unknown>;
  private turn = 0;
  private stopped = false;

  private constructor(private readonly options: ReadersOptions) {
    this.agent = new Agent({ connections: options.count, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
    this.reading = Promise.all(Array.from({ length: options.count }, () => this.readOn()));
  }

  static start(options: ReadersOptions): Readers {
    return new Readers(options);
  }

  /** Those that began in that time and have ended. */
  between(fromMs: number, toMs = performance.now()): readonly Read[] {
    return this.reads.filter(({ beganAtMs }) => beganAtMs >= fromMs && beganAtMs < toMs);
  }

  /** Resolves when so many more have ended. */
  async more(count: number): Promise<void> {
    const wanted = this.reads.length + count;
    while (this.reads.length < wanted && !this.stopped) await pause(PAUSE_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.reading;
    await this.agent.destroy();
  }

  private async readOn(): Promise<void> {
    while (!this.stopped) {
      const { storeUrls, productIds } = this.options;
      const turn = this.turn++;
      const store = turn % storeUrls.length;
      const productId = productIds[Math.floor(turn / storeUrls.length) % productIds.length] ?? '';
      const page = turn % PAGE_EVERY === 0 ? '?include=recommendations' : '';
      this.reads.push(await this.read(store, productId, page));
      await pause(PAUSE_MS);
    }
  }

  private async read(store: number, productId: string, query: string): Promise<Read> {
    const url = `${this.options.storeUrls[store]}/v1/products/${productId}${query}`;
    return readProduct(url, { store, productId, dispatcher: this.agent });
  }
}

/** One read, whatever becomes of it. */
export async function readProduct(
  url: string,
  { store, productId, dispatcher }: { store: number; productId: string; dispatcher: Agent },
): Promise<Read> {
  const beganAtMs = performance.now();
  const told = (outcome: Pick<Read, 'status' | 'error' | 'text' | 'body'>): Read => {
    const endedAtMs = performance.now();
    return { store, productId, beganAtMs, endedAtMs, version: outcome.body?.version, ...outcome };
  };
  try {
    const answer = await request(url, { dispatcher });
    const text = await answer.body.text();
    const body = answer.statusCode === 200 ? (JSON.parse(text) as ProductBody) : undefined;
    return told({ status: answer.statusCode, error: null, text, body });
  } catch (error) {
    return told({ status: null, error: String(error), text: '', body: undefined });
  }
}

/** The same reads as a load's log, for its summary. */
export const logOf = (reads: readonly Read[]): ClientLog =>
  new ClientLog(
    reads.map(({ beganAtMs, endedAtMs, status, error }) => {
      return { startedAtMs: beganAtMs, endedAtMs, status, error, retryAfter: null };
    }),
    0,
    performance.now(),
  );

/** So many reads of one product at the same moment, of all stores alike. */
export async function crowd(storeUrls: readonly string[], productId: string, size: number): Promise<readonly Read[]> {
  const dispatcher = new Agent({ connections: size, headersTimeout: 3 * PATIENCE_MS });
  const reads = await Promise.all(
    Array.from({ length: size }, (_, n) => {
      const store = n % storeUrls.length;
      return readProduct(`${storeUrls[store]}/v1/products/${productId}`, { store, productId, dispatcher });
    }),
  );
  await dispatcher.destroy();
  return reads;
}
