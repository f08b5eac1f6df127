import type { ProductBody } from '../../../system/support/store-client.js';
import type { Read } from './readers.js';

/** From that time on the product was of this version at least. */
interface Bound {
  readonly version: number;
  readonly sinceMs: number;
}

/** What is known of the products: each version that anybody was shown, and which one each was at least, and since when. */
export class Shelf {
  private readonly bodies = new Map<string, Map<number, string>>();
  private readonly bounds = new Map<string, Bound[]>();

  get ids(): readonly string[] {
    return [...this.bodies.keys()];
  }

  /** A change that was acknowledged just now. */
  learn(body: ProductBody, sinceMs = performance.now()): void {
    this.show(body);
    this.bound(body.id, { version: body.version, sinceMs });
  }

  /** A change that was acknowledged just now without a word of the version that it made. */
  changed(id: string, beganAtMs: number): void {
    this.bound(id, { version: this.leastAt(id, beganAtMs) + 1, sinceMs: performance.now() });
  }

  /** The version that the product had at least at that time. */
  leastAt(id: string, timeMs: number): number {
    let least = 0;
    for (const { version, sinceMs } of this.bounds.get(id) ?? []) {
      if (sinceMs < timeMs && version > least) least = version;
    }
    return least;
  }

  /** Reads that failed, showed another product, or a version otherwise than it was shown by others. */
  faultsIn(reads: readonly Read[]): readonly object[] {
    return reads.filter((read) => !this.isRight(read)).map(({ status, text, error }) => ({ status, error, text }));
  }

  /** Reads that showed what was no longer so, by more than `boundMs`, when they began. */
  outdatedIn(reads: readonly Read[], boundMs = 0): readonly object[] {
    return reads.flatMap(({ productId, version: shown = 0, beganAtMs, store }) => {
      const least = this.leastAt(productId, beganAtMs - boundMs);
      return shown < least ? [{ store, productId, shown, least }] : [];
    });
  }

  private isRight({ status, body, productId }: Read): boolean {
    if (status !== 200 || body === undefined || body.id !== productId) return false;
    return this.show(body) === canonical(body);
  }

  /** How that version was shown first. */
  private show(body: ProductBody): string {
    const known = this.bodies.get(body.id) ?? new Map<number, string>();
    this.bodies.set(body.id, known);
    const first = known.get(body.version) ?? canonical(body);
    known.set(body.version, first);
    return first;
  }

  private bound(id: string, bound: Bound): void {
    const known = this.bounds.get(id) ?? [];
    this.bounds.set(id, known);
    known.push(bound);
  }
}

/** A page shows more than the product: that is not the subject here. */
const canonical = (body: ProductBody): string =>
  JSON.stringify(
    Object.entries(body)
      .filter(([field]) => field !== 'recommendations')
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
