import { beforeEach, describe, expect, it } from '@jest/globals';
import { aUnitOfWork } from '#platform/testing';
import type { Cache } from '../cache.js';
import type { CacheTier } from '../tier/cache-tier.js';
import { LASTING, note, type Note, Replica } from './note.cache.js';
import { until } from './slow-load.js';

/** What a cache promises to whoever asks for many things at once. `make` gives the tier, as two replicas see it. */
export function manyReadsContract(make: () => readonly [CacheTier, CacheTier]): void {
  describe('many at once', () => {
    let here: Replica;
    let there: Replica;
    let notes: Cache<Note>;
    let notesThere: Cache<Note>;
    let store: Map<string, Note>;
    let asked: (readonly string[])[];

    beforeEach(() => {
      const prefix = `contract:${crypto.randomUUID()}`;
      [here, there] = make().map((tier) => new Replica(tier)) as [Replica, Replica];
      [notes, notesThere] = [here.notes(prefix), there.notes(prefix)];
      store = new Map(['a', 'b', 'c'].map((key) => [key, note(`${key} first`)]));
      asked = [];
    });

    const load = async (keys: readonly string[]): Promise<ReadonlyMap<string, Note>> => {
      asked.push(keys);
      return new Map(keys.flatMap((key) => (store.has(key) ? [[key, store.get(key) as Note] as const] : [])));
    };
    const many = (...keys: string[]) => notes.throughMany(keys, LASTING, load);
    const kept = (...keys: string[]): Promise<unknown> =>
      until(
        async () => {
          here.results.length = 0;
          return many(...keys);
        },
        () => here.results.every((result) => result === 'hit'),
      );

    it('are loaded in one go, and then by nobody, in any replica', async () => {
      expect(await many('a', 'b')).toEqual(new Map([...store].slice(0, 2)));
      expect(asked).toEqual([['a', 'b']]);
      await kept('a', 'b');
      asked = [];

      expect(await notesThere.throughMany(['b', 'a'], LASTING, load)).toEqual(new Map([...store].slice(0, 2)));
      expect(asked).toEqual([]);
      expect(there.results).toEqual(['hit', 'hit']);
    });

    it('are loaded as far as they are not kept', async () => {
      await kept('a');
      asked = [];

      expect(await many('a', 'b', 'c')).toEqual(store);
      expect(asked).toEqual([['b', 'c']]);
    });

    it('are kept for whoever asks for one of them, and the other way round', async () => {
      await kept('a');
      asked = [];
      await notes.through('a', LASTING, () => Promise.reject(new Error('asked for')));
      await until(
        () => notes.through('b', LASTING, async () => note('alone')),
        () => here.results.at(-1) === 'hit',
      );

      expect((await many('a', 'b')).get('b')).toEqual(note('alone'));
    });

    it('may be absent, and are kept as that', async () => {
      expect(await many('nowhere')).toEqual(new Map());
      await kept('nowhere');

      expect(await many('nowhere')).toEqual(new Map());
    });

    it('are never what was before a change that was committed, in any replica', async () => {
      await kept('a', 'b');
      await notesThere.changing(['a'], async () => void store.set('a', note('a second')));

      expect((await many('a', 'b')).get('a')).toEqual(note('a second'));
    });

    it('are not kept as what a change replaced while they were loaded', async () => {
      const changed = async (keys: readonly string[]): Promise<ReadonlyMap<string, Note>> => {
        const old = await load(keys);
        await notesThere.changing(['a'], async () => void store.set('a', note('a second')));
        return old;
      };
      await notes.throughMany(['a'], LASTING, changed);

      expect((await many('a')).get('a')).toEqual(note('a second'));
    });

    it('are loaded inside of a unit of work, with what it has done', async () => {
      await kept('a');
      asked = [];
      await aUnitOfWork().unitOfWork.run(async () => {
        await many('a');
      });

      expect(asked).toEqual([['a']]);
    });

    it('are given as far as they are kept where the load fails, to whoever asked for that', async () => {
      await kept('a');
      const failing = () => Promise.reject(new Error('The store is away.'));

      expect(await notes.throughMany(['a', 'b'], LASTING, failing, { partly: true })).toEqual(
        new Map([['a', store.get('a')]]),
      );
      await expect(notes.throughMany(['a', 'b'], LASTING, failing)).rejects.toThrow('away');
      await expect(notes.throughMany(['b'], LASTING, failing, { partly: true })).rejects.toThrow('away');
    });

    it('fail as their load fails', async () => {
      const cause = new Error('The store is away.');

      await expect(notes.throughMany(['a'], LASTING, () => Promise.reject(cause))).rejects.toBe(cause);
    });
  });
}
