/**
 * Gives each item's result, to whoever asks for them in order, while the next one's is made: two at a time, where each waits
 * more than it computes.
 */
export class OneAhead<Item, Result> {
  readonly #items: readonly Item[];
  readonly #make: (item: Item, signal: AbortSignal) => Promise<Result>;
  readonly #made = new Map<Item, Promise<Result>>();
  readonly #calledOff = new AbortController();

  /** @param make its signal is aborted when nobody asks any more */
  constructor(items: readonly Item[], make: (item: Item, signal: AbortSignal) => Promise<Result>) {
    this.#items = items;
    this.#make = make;
  }

  /** @throws what `make` throws */
  of(item: Item): Promise<Result> {
    const result = this.#begun(item);
    const next = this.#items[this.#items.indexOf(item) + 1];
    if (next !== undefined) void this.#begun(next);
    return result;
  }

  /** Calls off what is under way, and resolves when it has ended. */
  async close(): Promise<void> {
    this.#calledOff.abort();
    await Promise.allSettled(this.#made.values());
  }

  #begun(item: Item): Promise<Result> {
    const known = this.#made.get(item);
    if (known) return known;
    const result = this.#make(item, this.#calledOff.signal);
    result.catch(() => undefined); // told to whoever asks
    this.#made.set(item, result);
    return result;
  }
}
