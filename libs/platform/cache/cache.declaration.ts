/** Longer keys are a fault of the program: what a client chooses is bounded before it becomes a part of one. */
const KEY_LENGTH_MAX = 200;
const NAME = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** What a module says of one kind of thing that it would have cached. */
export interface CacheDeclaration<T> {
  /** `catalog.products`: the label `cache` in metrics, and a part of every key. */
  readonly name: string;
  /** Of the shape in which values are kept, from 1: a release that changes it counts on, and finds none of the old ones. */
  readonly version: number;
  /** A value as JSON. */
  readonly write: (value: T) => unknown;
  /**
   * The value again; undefined for whatever `write` would not have made of the thing with this key. It is given out many
   * times: nobody may change it.
   */
  readonly read: (kept: unknown, key: string) => T | undefined;
}

/** How long a value may be given out. */
export interface Lifetime {
  /** It is fresh for so long, give or take a tenth; 0: nothing is kept. */
  readonly ttlSeconds: number;
  /** For so long after that it is still given out, while it is loaded anew behind the scenes, or can't be. */
  readonly staleSeconds: number;
}

/** The names under which a thing is kept. The braces keep them together in a Redis cluster. */
export interface EntryKeys {
  /** The caller's own. */
  readonly key: string;
  readonly value: string;
  /** Without the version: whoever changes the thing invalidates what other releases keep of it. */
  readonly generation: string;
  /** Who is changing the thing. */
  readonly holders: string;
  readonly lease: (generation: string) => string;
}

/** @throws RangeError for a name or a version that is none */
export function checkDeclaration({ name, version }: Pick<CacheDeclaration<unknown>, 'name' | 'version'>): void {
  if (!NAME.test(name)) throw new RangeError(`A cache is called <module>.<things>, not "${name}".`);
  if (!Number.isSafeInteger(version) || version < 1) throw new RangeError(`The cache ${name} has no version.`);
}

/** @throws RangeError when the key is empty or too long */
export function entryKeys(prefix: string, version: number, key: string): EntryKeys {
  if (key === '' || key.length > KEY_LENGTH_MAX)
    throw new RangeError(`A cache key has 1 to ${KEY_LENGTH_MAX} letters.`);
  const stem = `${prefix}:{${key}}`;
  return {
    key,
    value: `${stem}:v${version}`,
    generation: `${stem}:generation`,
    holders: `${stem}:holders`,
    lease: (generation) => `${stem}:lease:${generation}`,
  };
}
