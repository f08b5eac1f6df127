/** Keys that are known to fail at one time; beyond it the oldest is forgotten, until it fails again. */
const KEYS_MAX = 1_000;

/** Of which things the last load has failed: what is stale of them is so for want of better, and not by routine. */
export class FailingKeys {
  private readonly keys = new Set<string>();

  has(key: string): boolean {
    return this.keys.has(key);
  }

  /** The load, whose end is noted: null is an answer, too. */
  noting<T>(key: string, load: () => Promise<T>): () => Promise<T> {
    return async () => {
      try {
        const value = await load();
        this.keys.delete(key);
        return value;
      } catch (error) {
        this.add(key);
        throw error;
      }
    };
  }

  private add(key: string): void {
    const [oldest] = this.keys.size >= KEYS_MAX ? this.keys : [];
    if (oldest !== undefined) this.keys.delete(oldest);
    this.keys.add(key);
  }
}
