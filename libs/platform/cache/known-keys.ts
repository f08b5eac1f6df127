import { entryKeys, type EntryKeys } from './cache.declaration.js';

/** The names of so many things are remembered, half a kilobyte each. */
const KEYS_MAX = 5_000;

/** The names under which the things of one cache are kept: to put them together takes longer than to look them up. */
export class KnownKeys {
  private readonly keys = new Map<string, EntryKeys>();

  constructor(
    private readonly prefix: string,
    private readonly version: number,
  ) {}

  /** @throws RangeError when the key is empty or too long */
  of(key: string): EntryKeys {
    const known = this.keys.get(key);
    if (known) return known;
    if (this.keys.size >= KEYS_MAX) this.keys.clear(); // those in use are soon there again
    const keys = entryKeys(this.prefix, this.version, key);
    this.keys.set(key, keys);
    return keys;
  }
}
