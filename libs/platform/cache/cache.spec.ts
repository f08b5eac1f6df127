import { describe, expect, it } from '@jest/globals';
import { VALUE_LENGTH_MAX } from './filling.js';
import { LASTING, note, type Note, Replica } from './testing/note.cache.js';
import { SlowLoad, until } from './testing/slow-load.js';
import type { Kept } from './tier/cache-tier.js';
import { MemoryCacheTier } from './tier/memory-cache-tier.js';

const PREFIX = 'test';
const VALUE = `${PREFIX}:test.notes:{a}:v1`;
const isLease = (key: string): boolean => key.includes(':lease:');

/** A tier in which somebody else is always at it already, and that tells it when a test likes. */
class LedElsewhere extends MemoryCacheTier {
  readonly asked = Promise.withResolvers<void>();
  readonly told = Promise.withResolvers<void>();
  led = false;

  override async claim(key: string, value: Kept, ttlMs: number): Promise<boolean> {
    if (!isLease(key) || !this.led) return super.claim(key, value, ttlMs);
    this.asked.resolve();
    await this.told.promise;
    return false;
  }
}

/** A tier that counts how often it is read after a leader has gone. */
class Watched extends MemoryCacheTier {
  readsSinceLeft: number | undefined;

  override read(keys: readonly string[]): readonly Kept[] {
    if (this.readsSinceLeft !== undefined) this.readsSinceLeft += 1;
    return super.read(keys);
  }

  override async remove(keys: readonly string[]): Promise<void> {
    await super.remove(keys);
    if (keys.some(isLease)) this.readsSinceLeft ??= 0;
  }
}

describe('a cache of several replicas', () => {
  it('loads a value that has left, also while one is made fresh that another replica is at', async () => {
    const tier = new LedElsewhere();
    const replica = new Replica(tier);
    const notes = replica.notes(PREFIX);
    const brief = { ttlSeconds: 0.01, staleSeconds: 60 };
    const load = async (): Promise<Note> => note('first');
    await notes.through('a', brief, load);
    await until(
      async () => tier.led || tier.read([VALUE])[0] !== undefined,
      (kept) => kept,
    );
    tier.led = true;
    await until(
      () => notes.through('a', brief, load),
      () => replica.results.at(-1) === 'stale',
    );
    await tier.asked.promise;

    await tier.remove([VALUE]); // as a full Redis does
    const found = notes.through('a', LASTING, load);
    await until(
      async () => replica.results.at(-1),
      (result) => result === 'miss',
    );
    tier.told.resolve();

    expect(await found).toEqual(note('first'));
  });

  it('does not wait for a leader that has gone and has kept nothing', async () => {
    const tier = new Watched();
    const [here, there] = [new Replica(tier), new Replica(tier)];
    const large = new SlowLoad(() => note('x'.repeat(VALUE_LENGTH_MAX)));
    const led = here.notes(PREFIX).through('a', LASTING, large.load);
    await large.hasBegun();
    let readsBeforeLoad: number | undefined;
    const followed = there.notes(PREFIX).through('a', LASTING, async () => {
      readsBeforeLoad = tier.readsSinceLeft;
      return note('own');
    });
    await until(
      async () => there.results.length,
      (misses) => misses === 1,
    );
    large.open();
    await led;

    expect(await followed).toEqual(note('own'));
    expect(readsBeforeLoad).toBeLessThanOrEqual(1);
  });
});
