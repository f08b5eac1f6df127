/** What a tier keeps: JSON. */
export type Kept = unknown;

/** What stands for a thing, and who is changing it. */
export interface HeldKeys {
  readonly generation: string;
  readonly holders: string;
}

/** One change that is under way. */
export interface Hold {
  readonly id: string;
  /** Lies under each generation meanwhile. */
  readonly mark: Kept;
  /** At least 1: nobody hears of the end of a change whose process has died. */
  readonly ttlMs: number;
}

/**
 * Where cached things lie: in a Redis that all replicas share, or in the memory of this one. Keys and what is kept under
 * them are the caller's; nothing is kept for ever.
 */
export abstract class CacheTier {
  /**
   * What is kept under each key, in their order; undefined where there is nothing, or nothing that can be read. At once
   * where nobody has to be asked: a hit costs a few microseconds, of which each promise would be a part.
   * @throws Error when the tier can't be asked
   */
  abstract read(keys: readonly string[]): readonly Kept[] | Promise<readonly Kept[]>;

  /**
   * Keeps one value under each key, over whatever lies there.
   * @param ttlMs at least 1
   * @throws Error when it is not known to be kept
   */
  abstract write(keys: readonly string[], value: Kept, ttlMs: number): Promise<void>;

  /**
   * Keeps a value where there is nothing; of those who try at the same time, one succeeds.
   * @param ttlMs at least 1
   * @throws Error when the tier can't be asked
   */
  abstract claim(key: string, value: Kept, ttlMs: number): Promise<boolean>;

  /**
   * Lets a value that still lies there live for so long from now; any other is left alone.
   * @returns whether it does
   * @throws Error when that is not known
   */
  abstract prolong(key: string, value: string, ttlMs: number): Promise<boolean>;

  /**
   * Puts the mark under each generation, over whatever lies there, until all who hold it have released it.
   * @throws Error when it is not known to be held
   */
  abstract hold(things: readonly HeldKeys[], hold: Hold): Promise<void>;

  /**
   * Removes what lies under each generation; where others hold it still, the mark stays.
   * @throws Error when it is not known to be released
   */
  abstract release(things: readonly HeldKeys[], hold: Hold): Promise<void>;

  /** @throws Error when they are not known to be gone */
  abstract remove(keys: readonly string[]): Promise<void>;
}
