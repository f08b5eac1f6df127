/** Products with companions; a purchase counts only for those that still fit. */
export const PRODUCTS_MAX = 10_000;

const NONE: ReadonlyMap<string, number> = new Map();

/** By product, how many purchases held it and each other one; itself included: how many held it at all. */
export class PairCounts {
  private readonly counts = new Map<string, Map<string, number>>();

  of(productId: string): ReadonlyMap<string, number> {
    return this.counts.get(productId) ?? NONE;
  }

  /** Those of the products that there is room for; none when that leaves one alone, which says nothing of others. */
  fitting(productIds: readonly string[]): readonly string[] {
    let free = PRODUCTS_MAX - this.counts.size;
    const fitting = productIds.filter((productId) => this.counts.has(productId) || free-- > 0);
    return fitting.length > 1 ? fitting : [];
  }

  /** Counts each pair of them once more, or once less. */
  add(productIds: readonly string[], times: 1 | -1): void {
    for (const productId of productIds) for (const otherId of productIds) this.addPair(productId, otherId, times);
  }

  private addPair(productId: string, otherId: string, times: 1 | -1): void {
    const counts = this.counts.get(productId) ?? new Map<string, number>();
    const together = (counts.get(otherId) ?? 0) + times;
    if (together > 0) counts.set(otherId, together);
    else counts.delete(otherId);
    if (counts.size > 0) this.counts.set(productId, counts);
    else this.counts.delete(productId);
  }
}
