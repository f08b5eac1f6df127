import { randomUUID } from 'node:crypto';
import type { Fleet } from '../fleet.js';
import { persist } from '../persistence.js';
import type { SeededRandom } from '../../../support/seeded-random.js';
import { idOf, type Purchase, type Till, type TillAnswer } from '../till.js';
import { fateOf, type Adjusting, type Entry, type Placing, type Try } from './entry.js';

/** Few, so that what became of some is never known. */
const TRIES_MAX = 3;
const ADJUSTS = 0.25;
const CANCELS = 0.5;
const QUANTITY_MAX = 3;
const DELTA = { min: -4, max: 4 };

export interface ClientOptions {
  readonly fleet: Fleet;
  readonly till: Till;
  readonly random: SeededRandom;
  readonly productIds: readonly string[];
}

/** Does one thing after the other at whichever store, and writes down what it asked for and what it heard. */
export class Client {
  readonly history: Entry[] = [];
  /** What was in stock whenever it looked. */
  readonly seen: { readonly productId: string; readonly stock: number }[] = [];

  constructor(private readonly options: ClientOptions) {}

  async act(): Promise<void> {
    const { random } = this.options;
    this.history.push(random.chance(ADJUSTS) ? await this.adjust() : await this.place());
    await this.look(random.pick(this.options.productIds));
  }

  private async adjust(): Promise<Adjusting> {
    const { random, till, productIds } = this.options;
    const delta = random.between(DELTA.min, DELTA.max) || 1;
    const adjustment = {
      productId: random.pick(productIds),
      key: randomUUID(),
      delta,
      reason: `Count ${randomUUID()}`,
    };
    const tries = await this.tries((url) => till.adjust(url, adjustment));
    return { kind: 'adjust', adjustment, tries };
  }

  private async place(): Promise<Placing> {
    const { random, till } = this.options;
    const purchase: Purchase = { sub: `buyer-${randomUUID()}`, key: randomUUID(), lines: this.lines() };
    const cancels = random.chance(CANCELS);
    const tries = await this.tries((url) => till.place(url, purchase));
    const placed = tries.find((answer) => answer?.status === 201);
    if (!placed) return { kind: 'place', purchase, tries, cancelling: [], readBack: [] };
    const readBack = [await this.readBack(purchase.sub, placed)];
    const cancelling = cancels ? await this.cancel(purchase.sub, idOf(placed)) : [];
    if (cancels && fateOf(cancelling) === 'done') readBack.push(await this.readBack(purchase.sub, placed));
    return { kind: 'place', purchase, tries, cancelling, readBack };
  }

  /** Twice at once, at any two stores: the pieces come back once. */
  private async cancel(sub: string, orderId: string): Promise<readonly Try[]> {
    const cancelled = (): Promise<readonly Try[]> => this.tries((url) => this.options.till.cancel(url, sub, orderId));
    return (await Promise.all([cancelled(), cancelled()])).flat();
  }

  private async readBack(sub: string, placed: TillAnswer): Promise<TillAnswer> {
    const { till, fleet, random } = this.options;
    const { answer } = await persist(() => till.order(random.pick(fleet.ready).url, sub, idOf(placed)));
    return answer;
  }

  private async look(productId: string): Promise<void> {
    const { till, fleet, random } = this.options;
    const { answer } = await persist(() => till.product(random.pick(fleet.ready).url, productId));
    this.seen.push({ productId, stock: (JSON.parse(answer.text) as { stock: number }).stock });
  }

  /** The same request under the same key, until the answer is a final one, or the patience is at its end. */
  private async tries(ask: (url: string) => Promise<TillAnswer>): Promise<readonly Try[]> {
    const { random, fleet } = this.options;
    const tries: Try[] = [];
    for (let left = random.between(1, TRIES_MAX); left > 0; left -= 1) {
      tries.push(await ask(random.pick(fleet.ready).url).catch(() => null));
      if (['done', 'refused'].includes(fateOf(tries))) break;
    }
    return tries;
  }

  /** In any order: those of others cross them. */
  private lines(): Purchase['lines'] {
    const { random, productIds } = this.options;
    return random
      .sample(productIds, random.between(1, productIds.length))
      .map((productId) => ({ productId, quantity: random.between(1, QUANTITY_MAX) }));
  }
}
