import { randomUUID } from 'node:crypto';
import type { Fleet } from './fleet.js';
import { persist } from './persistence.js';
import type { SeededRandom } from '../../support/seeded-random.js';
import { idOf, type Purchase, type Till, type TillAnswer } from './till.js';

const LINES_MAX = 3;
const QUANTITY_MAX = 3;
const CANCELS = 0.3;

/** A purchase to its end: what was wanted, what the store said at last, and whether it was taken back. */
export interface Deal {
  readonly wanted: Purchase;
  readonly answer: TillAnswer;
  readonly cancelled: boolean;
}

export interface BuyerOptions {
  readonly sub: string;
  readonly fleet: Fleet;
  readonly till: Till;
  readonly random: SeededRandom;
  readonly productIds: readonly string[];
}

/** Buys one time after the other, each under its own key, at whichever store, and asks until it has an answer. */
export class Buyer {
  readonly deals: Deal[] = [];
  broken = 0;
  postponed = 0;

  constructor(private readonly options: BuyerOptions) {}

  async buyUntil(over: () => boolean, onDone: () => void): Promise<void> {
    while (!over()) {
      this.deals.push(await this.deal());
      onDone();
    }
  }

  private async deal(): Promise<Deal> {
    const { till, random, sub } = this.options;
    const wanted = { sub, key: randomUUID(), lines: this.lines() };
    const cancels = random.chance(CANCELS);
    const answer = await this.ask((url) => till.place(url, wanted));
    const cancelled = cancels && answer.status === 201;
    if (cancelled) await this.cancel(idOf(answer));
    return { wanted, answer, cancelled };
  }

  private async cancel(orderId: string): Promise<void> {
    const { till, sub } = this.options;
    const { status, text } = await this.ask((url) => till.cancel(url, sub, orderId));
    if (status !== 200) throw new Error(`Not cancelled: ${status} ${text}`);
  }

  private async ask(request: (url: string) => Promise<TillAnswer>): Promise<TillAnswer> {
    const { fleet, random } = this.options;
    const { answer, broken, postponed } = await persist(() => request(random.pick(fleet.ready).url));
    this.broken += broken;
    this.postponed += postponed;
    return answer;
  }

  /** In any order: orders of others cross them. */
  private lines(): Purchase['lines'] {
    const { random, productIds } = this.options;
    return random
      .sample(productIds, random.between(1, LINES_MAX))
      .map((productId) => ({ productId, quantity: random.between(1, QUANTITY_MAX) }));
  }
}
