/** Numbers that look drawn by chance and are the same on every machine: a sample shop that is the same everywhere. */
export class Draws {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** At least 0, below 1. A Weyl sequence, mixed by MurmurHash3's 32-bit finalizer: good enough for sample data. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  }

  /** One of the items, each as likely as its weight beside the others'. */
  pick<T>(items: readonly T[], weightOf: (item: T, place: number) => number): T {
    const total = items.reduce((sum, item, place) => sum + weightOf(item, place), 0);
    let left = this.next() * total;
    const picked = items.find((item, place) => (left -= weightOf(item, place)) < 0) ?? items.at(-1);
    if (picked === undefined) throw new RangeError('Nothing can be drawn from no items.');
    return picked;
  }
}
