import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CacheTier } from '../tier/cache-tier.js';

const MINUTE_MS = 60_000;
/** Long enough to be seen, on a machine that does something else as well. */
const BRIEF_MS = 100;

/** What every tier does. `make` gives one, in which the keys of a test are its own. */
export function cacheTierContract(make: () => CacheTier): void {
  let tier: CacheTier;
  let key: string;
  beforeEach(() => {
    tier = make();
    key = `contract:${crypto.randomUUID()}`;
  });

  const untilAbsent = async (absent: string): Promise<void> => {
    while ((await tier.read([absent]))[0] !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it.each([
    ['an object', { text: 'Tee für zwei — 茶 🫖 "quoted"', number: 1.5, none: null, list: [1, [2]], empty: {} }],
    ['a text', 'text'],
    ['an empty text', ''],
    ['a number', 0],
    ['false', false],
  ])('gives %s as it was written', async (_what, value) => {
    await tier.write([key], value, MINUTE_MS);

    expect(await tier.read([key])).toEqual([value]);
  });

  it('gives what lies under several keys in their order, and undefined where nothing does', async () => {
    await tier.write([`${key}:a`], 'a', MINUTE_MS);
    await tier.write([`${key}:c`], 'c', MINUTE_MS);

    expect(await tier.read([`${key}:c`, `${key}:b`, `${key}:a`])).toEqual(['c', undefined, 'a']);
  });

  it('writes one value under many keys, over what lies there', async () => {
    const keys = Array.from({ length: 50 }, (_, n) => `${key}:${n}`);
    await tier.write(keys.slice(0, 1), 'old', MINUTE_MS);

    await tier.write(keys, 'new', MINUTE_MS);

    expect(await tier.read(keys)).toEqual(keys.map(() => 'new'));
  });

  it('forgets what its time is over for', async () => {
    await tier.write([key], 'brief', BRIEF_MS);
    expect(await tier.read([key])).toEqual(['brief']);

    await untilAbsent(key);
  });

  it('forgets what it is told to, also what is not there', async () => {
    await tier.write([`${key}:a`, `${key}:b`], 'value', MINUTE_MS);

    await tier.remove([`${key}:a`, `${key}:none`]);

    expect(await tier.read([`${key}:a`, `${key}:b`])).toEqual([undefined, 'value']);
  });

  it('lets one of many claim a key, and gives what that one wrote', async () => {
    const claims = Array.from({ length: 50 }, (_, n) => tier.claim(key, n, MINUTE_MS));

    const claimed = (await Promise.all(claims)).flatMap((granted, n) => (granted ? [n] : []));

    expect(claimed).toHaveLength(1);
    expect(await tier.read([key])).toEqual(claimed);
  });

  describe('a claim', () => {
    it('fails over what was written, and changes nothing', async () => {
      await tier.write([key], 'written', MINUTE_MS);

      expect(await tier.claim(key, 'claimed', MINUTE_MS)).toBe(false);
      expect(await tier.read([key])).toEqual(['written']);
    });

    it('is free again when its time is over, or it was removed', async () => {
      expect(await tier.claim(key, 1, BRIEF_MS)).toBe(true);
      await untilAbsent(key);
      expect(await tier.claim(key, 2, MINUTE_MS)).toBe(true);
      await tier.remove([key]);
      expect(await tier.claim(key, 3, MINUTE_MS)).toBe(true);
    });
  });

  describe('a value that is prolonged', () => {
    it.each<[string, () => Promise<unknown>]>([
      ['written', () => tier.write([key], 'mine', BRIEF_MS)],
      ['claimed', () => tier.claim(key, 'mine', BRIEF_MS)],
    ])('lives on when it was %s', async (_how, begin) => {
      await begin();

      expect(await tier.prolong(key, 'mine', MINUTE_MS)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 2 * BRIEF_MS));
      expect(await tier.read([key])).toEqual(['mine']);
    });

    it('lives no longer than that', async () => {
      await tier.write([key], 'mine', MINUTE_MS);
      expect(await tier.prolong(key, 'mine', BRIEF_MS)).toBe(true);

      await untilAbsent(key);
    });

    it.each<[string, unknown]>([
      ['another', 'other'],
      ['a number', 7],
      ['an object', { value: 'mine' }],
    ])('is left alone when it is %s by now', async (_what, other) => {
      await tier.write([key], other, MINUTE_MS);

      expect(await tier.prolong(key, 'mine', BRIEF_MS)).toBe(false);
      expect(await tier.read([key])).toEqual([other]);
    });

    it('is not made where there is none', async () => {
      expect(await tier.prolong(key, 'mine', MINUTE_MS)).toBe(false);
      expect(await tier.read([key])).toEqual([undefined]);
    });
  });

  describe('a thing that is held', () => {
    const holdOf = (id: string, ttlMs = MINUTE_MS) => ({ id, mark: '!', ttlMs });
    const thing = () => ({ generation: `${key}:generation`, holders: `${key}:holders` });
    const lies = async (): Promise<unknown> => (await tier.read([thing().generation]))[0];

    it('has the mark in the place of whatever was there, until it is released', async () => {
      await tier.write([thing().generation], 'generation', MINUTE_MS);

      await tier.hold([thing()], holdOf('a'));
      expect(await lies()).toBe('!');
      expect(await tier.claim(thing().generation, 'other', MINUTE_MS)).toBe(false);
      await tier.release([thing()], holdOf('a'));

      expect(await lies()).toBeUndefined();
    });

    it.each([
      ['in the order in which they began', ['a', 'b', 'c']],
      ['in the other order', ['c', 'b', 'a']],
      ['in any order', ['b', 'c', 'a']],
    ])('by several has it until the last one has released it, %s', async (_order, releases) => {
      for (const id of ['a', 'b', 'c']) await tier.hold([thing()], holdOf(id));

      for (const id of releases) {
        expect(await lies()).toBe('!');
        await tier.release([thing()], holdOf(id));
      }

      expect(await lies()).toBeUndefined();
    });

    it('is so again when its mark was lost, as long as another one holds it', async () => {
      await tier.hold([thing()], holdOf('a'));
      await tier.hold([thing()], holdOf('b'));
      await tier.write([thing().generation], 'generation', MINUTE_MS);

      await tier.release([thing()], holdOf('a'));

      expect(await lies()).toBe('!');
    });

    it('is free when the time of who holds it is over, whatever others have done meanwhile', async () => {
      await tier.hold([thing()], holdOf('dead', BRIEF_MS));
      await untilAbsent(thing().generation);
      await tier.hold([thing()], holdOf('a'));

      await tier.release([thing()], holdOf('a'));

      expect(await lies()).toBeUndefined();
    });

    it('loses what lies there also to the release of who does not hold it any more', async () => {
      await tier.write([thing().generation], 'generation', MINUTE_MS);

      await tier.release([thing()], holdOf('a'));

      expect(await lies()).toBeUndefined();
    });

    it('is so beside others, each for itself', async () => {
      const things = Array.from({ length: 20 }, (_, n) => ({
        generation: `${key}:${n}`,
        holders: `${key}:${n}:holders`,
      }));
      await tier.hold(things, holdOf('a'));
      await tier.hold(things.slice(0, 1), holdOf('b'));

      await tier.release(things, holdOf('a'));

      expect(await tier.read(things.map(({ generation }) => generation))).toEqual([
        '!',
        ...things.slice(1).map(() => undefined),
      ]);
    });
  });
}
