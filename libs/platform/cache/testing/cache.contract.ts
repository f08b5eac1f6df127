import { beforeEach, describe, expect, it } from '@jest/globals';
import { newRequestContext, runInRequest } from '#platform/context';
import { ClientDisconnected, Deadline } from '#platform/deadline';
import { aUnitOfWork } from '#platform/testing';
import type { Cache } from '../cache.js';
import type { KeptEntry } from '../entry.js';
import { VALUE_LENGTH_MAX } from '../filling.js';
import type { CacheTier } from '../tier/cache-tier.js';
import { LASTING, note, type Note, NOTES, Replica } from './note.cache.js';
import { leaseHeldUp, leaseLeft, leaseRefused, SlowLoad, until } from './slow-load.js';

const CROWD = 200;

/** What a cache promises over every tier. `make` gives the tier, as two replicas see it. */
export function cacheContract(make: () => readonly [CacheTier, CacheTier]): void {
  let prefix: string;
  let here: Replica;
  let there: Replica;
  let notes: Cache<Note>;
  let notesThere: Cache<Note>;
  let store: Map<string, Note>;
  let loads: number;

  beforeEach(() => {
    prefix = `contract:${crypto.randomUUID()}`;
    [here, there] = make().map((tier) => new Replica(tier)) as [Replica, Replica];
    [notes, notesThere] = [here.notes(prefix), there.notes(prefix)];
    store = new Map([['a', note('first')]]);
    loads = 0;
  });

  const load = async (): Promise<Note | null> => {
    loads += 1;
    return store.get('a') ?? null;
  };
  const change = async (text: string): Promise<void> => void store.set('a', note(text));
  const kept = (): Promise<unknown> =>
    until(
      () => notes.through('a', LASTING, load),
      () => here.results.at(-1) === 'hit',
    );
  const valueKey = () => `${prefix}:test.notes:{a}:v1`;

  it('loads once, and gives field for field what was loaded, in every replica', async () => {
    expect(await notes.through('a', LASTING, load)).toEqual(note('first'));
    await kept();

    expect(await notesThere.through('a', LASTING, load)).toEqual(note('first'));
    expect(loads).toBe(1);
    expect(here.results[0]).toBe('miss');
    expect(there.results).toEqual(['hit']);
  });

  it('keeps things apart by their keys', async () => {
    await kept();

    expect(await notes.through('b', LASTING, async () => note('other'))).toEqual(note('other'));
  });

  it('has one loader for a crowd at two replicas', async () => {
    const slow = new SlowLoad(() => note('slow'));
    const othersLoad = [here, there].map(({ tier }) => leaseRefused(tier));
    const crowd = Array.from({ length: CROWD }, (_, n) =>
      (n % 2 ? notes : notesThere).through('a', LASTING, slow.load),
    );
    await Promise.race(othersLoad); // whoever asks after the load has ended may well load anew
    slow.open();

    expect(new Set((await Promise.all(crowd)).map((found) => found?.text))).toEqual(new Set(['slow']));
    expect(slow.begun).toBe(1);
  });

  it('has one loader also where somebody looked before it had kept the thing, and would load after', async () => {
    const slow = new SlowLoad(() => note('slow'));
    const left = leaseLeft(here.tier);
    const first = notes.through('a', LASTING, slow.load);
    await slow.hasBegun();
    const asked = leaseHeldUp(there.tier, left);
    const second = notesThere.through('a', LASTING, load);
    await asked;
    slow.open();

    expect([await first, await second]).toEqual([note('slow'), note('slow')]);
    expect(loads).toBe(0);
  });

  it('remembers for a while that a thing is absent', async () => {
    store.clear();
    expect(await notes.through('a', LASTING, load)).toBeNull();
    await kept();

    expect(await notesThere.through('a', LASTING, load)).toBeNull();
    expect(loads).toBe(1);
  });

  it('keeps nothing that lives for no time', async () => {
    for (let n = 0; n < 3; n += 1) await notes.through('a', { ttlSeconds: 0, staleSeconds: 60 }, load);

    expect(loads).toBe(3);
  });

  it('keeps nothing that is too large', async () => {
    store.set('a', note('x'.repeat(VALUE_LENGTH_MAX)));
    for (let n = 0; n < 3; n += 1)
      expect((await notes.through('a', LASTING, load))?.text).toHaveLength(VALUE_LENGTH_MAX);

    expect(here.results).not.toContain('hit');
  });

  it('passes on what a load throws, to all who wait for it, and keeps nothing', async () => {
    const failing = () => notes.through('a', LASTING, async () => Promise.reject(new RangeError('no')));
    const failures = await Promise.allSettled([failing(), failing()]);
    expect(failures.map((failure) => failure.status === 'rejected' && (failure.reason as Error).message)).toEqual([
      'no',
      'no',
    ]);

    expect(await notes.through('a', LASTING, load)).toEqual(note('first'));
  });

  describe('a value that is not fresh any more', () => {
    const short = { ttlSeconds: 0.03, staleSeconds: 60 };
    const untilStale = () =>
      until(
        () => notes.through('a', short, load),
        () => here.results.includes('stale'),
      );

    it('is given out at once, and loaded anew behind the scenes', async () => {
      await notes.through('a', short, load);
      store.set('a', note('second'));

      expect(await untilStale()).toEqual(note('first'));

      await until(
        () => notes.through('a', short, load),
        (found) => found?.text === 'second',
      );
    });

    it('is loaded anew once, also where somebody saw it before it was, and would load after', async () => {
      const soonStale = { ttlSeconds: 0.001, staleSeconds: 60 };
      const keptOnce = leaseLeft(here.tier);
      await notes.through('a', soonStale, load);
      await keptOnce;
      await until(
        async () => here.tier.read([valueKey()]),
        ([kept]) => Date.now() > ((kept as KeptEntry | undefined)?.freshUntilMs ?? Infinity),
      );
      const [slow, gate] = [new SlowLoad(() => note('second')), Promise.withResolvers<void>()];
      const left = leaseLeft(here.tier);
      await notes.through('a', LASTING, slow.load);
      await slow.hasBegun();
      const asked = leaseHeldUp(there.tier, gate.promise);
      await notesThere.through('a', LASTING, load);
      await asked;
      slow.open();
      await left;
      const leftThere = leaseLeft(there.tier);
      gate.resolve();
      await leftThere;

      expect([here.results.at(-1), there.results.at(-1)]).toEqual(['stale', 'stale']);
      expect(loads).toBe(1); // at the beginning
    });

    it('is given out while it can not be loaded', async () => {
      await notes.through('a', short, load);
      await untilStale();
      const failing = () => notes.through('a', short, async () => Promise.reject(new Error('away')));

      const context = newRequestContext({ deadline: new Deadline(10_000) });
      const noted = (): Promise<unknown> => runInRequest(context, failing).then(() => context.degraded);
      expect(await until(noted, (degraded) => degraded !== undefined)).toEqual({ 'cache:test.notes': 'stale' });
      for (let n = 0; n < 5; n += 1) expect(await failing()).toEqual(note('first'));
    });

    it('is no degradation where it is another that can not be loaded', async () => {
      for (const key of ['a', 'b']) await notes.through(key, short, load);
      await untilStale();
      const context = newRequestContext({ deadline: new Deadline(10_000) });
      const failing = () => notes.through('a', short, async () => Promise.reject(new Error('away')));
      const noted = () => runInRequest(context, failing).then(() => context.degraded !== undefined);
      await until(noted, (degraded) => degraded);

      const other = newRequestContext({ deadline: new Deadline(10_000) });
      await runInRequest(other, () => notes.through('b', short, load));
      expect(here.results.at(-1)).toBe('stale');
      expect(other.degraded).toBeUndefined();
    });

    it('is given out no longer than it may be', async () => {
      const shortest = { ttlSeconds: 0.03, staleSeconds: 0.03 };
      await notes.through('a', shortest, load);
      const failing = () => notes.through('a', shortest, async () => Promise.reject(new Error('away')));

      const ended = await until(
        () => failing().catch((error: unknown) => error),
        (found) => found instanceof Error,
      );
      expect(ended).toMatchObject({ message: 'away' });
    });
  });

  describe('after a change', () => {
    it('gives the new value at once, in every replica', async () => {
      await kept();
      await notes.changing(['a'], () => change('second'));

      expect(await notesThere.through('a', LASTING, load)).toEqual(note('second'));
      expect(await notes.through('a', LASTING, load)).toEqual(note('second'));
    });

    it('also of a thing that was absent', async () => {
      store.clear();
      await kept();
      await notesThere.changing(['a'], () => change('added'));

      expect(await notes.through('a', LASTING, load)).toEqual(note('added'));
    });

    it('and in a unit of work: when that is committed', async () => {
      await kept();
      const { unitOfWork } = aUnitOfWork();
      await unitOfWork.run(async () => {
        await notes.changing(['a'], () => change('second'));
        expect(await notes.through('a', LASTING, load)).toEqual(note('second')); // a unit sees what it did
      });

      expect(await notesThere.through('a', LASTING, load)).toEqual(note('second'));
    });

    it('does not take what a slow reader had read before', async () => {
      const slow = new SlowLoad(() => store.get('a') ?? null);
      const early = notes.through('a', LASTING, slow.load);
      await slow.hasBegun();
      await notesThere.changing(['a'], () => change('second'));

      const late = notes.through('a', LASTING, load); // nor wait for it
      expect(await late).toEqual(note('second'));
      slow.open();
      expect(await early).toEqual(note('first'));

      expect(await notes.through('a', LASTING, load)).toEqual(note('second'));
      expect(await notesThere.through('a', LASTING, load)).toEqual(note('second'));
    });

    it('keeps what was kept, of the things that did not change', async () => {
      await kept();
      await notes.changing(['b'], async () => undefined);

      await notes.through('a', LASTING, load);
      expect(loads).toBe(1);
    });

    it('that failed, passes on why, and goes on', async () => {
      await kept();
      const failing = notes.changing(['a'], async () => Promise.reject(new RangeError('refused')));
      await expect(failing).rejects.toThrow('refused');

      expect(await notes.through('a', LASTING, load)).toEqual(note('first'));
    });

    it('ends what other versions of the shape have kept', async () => {
      const newer = there.notes(prefix, { version: 2 });
      await newer.through('a', LASTING, load);
      await notes.changing(['a'], () => change('second'));

      expect(await newer.through('a', LASTING, load)).toEqual(note('second'));
    });
  });

  it('keeps nothing while a change is under way, and believes nothing that was kept', async () => {
    await kept();
    const under = Promise.withResolvers<void>();
    const changed = notes.changing(['a'], () => under.promise);
    await until(
      () => notesThere.through('a', LASTING, load),
      () => there.results.at(-1) === 'held',
    );
    store.set('a', note('second'));

    expect(await notesThere.through('a', LASTING, load)).toEqual(note('second'));
    expect(there.results.at(-1)).toBe('held');
    under.resolve();
    await changed;
  });

  it('goes on so as long as one of several changes is under way', async () => {
    await kept();
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const changed = [first, second].map(({ promise }, n) => (n ? notes : notesThere).changing(['a'], () => promise));
    await until(
      () => notesThere.through('a', LASTING, load),
      () => there.results.at(-1) === 'held',
    );
    for (const { resolve } of [second, first]) {
      await notes.through('a', LASTING, load);
      expect(here.results.at(-1)).toBe('held');
      resolve();
      await changed[resolve === first.resolve ? 0 : 1];
    }

    await notes.through('a', LASTING, load);
    expect(here.results.at(-1)).toBe('miss');
  });

  it('goes on so when a change failed of which nobody can tell what became', async () => {
    await kept();
    await expect(notes.changing(['a'], () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');

    await notesThere.through('a', LASTING, load);
    expect(there.results.at(-1)).toBe('held');
  });

  it('keeps things again when the change was undone with its unit of work', async () => {
    await kept();
    const undone = aUnitOfWork().unitOfWork.run(async () => {
      await notes.changing(['a'], async () => undefined);
      throw new RangeError('refused');
    });
    await expect(undone).rejects.toThrow('refused');

    await notesThere.through('a', LASTING, load);
    expect(there.results.at(-1)).toBe('miss');
  });

  it.each<[string, unknown]>([
    ['a text', 'text'],
    ['a number', 7],
    ['an object of another shape', { text: 'text' }],
    ['a list', [1, 2]],
    ['an entry without a value', { generation: 'g', freshUntilMs: Date.now() + 60_000 }],
  ])('takes %s under its key for nothing, and writes over it', async (_what, foreign) => {
    await kept();
    await here.tier.write([valueKey()], foreign, 60_000);

    expect(await notesThere.through('a', LASTING, load)).toEqual(note('first'));
    await until(
      () => notes.through('a', LASTING, load),
      () => here.results.at(-1) === 'hit',
    );
  });

  it('takes a value that its module can not read for nothing', async () => {
    await kept();
    const strict = there.notes(prefix, {
      read: (value) => (NOTES.read(value, 'a')?.text === 'first' ? undefined : NOTES.read(value, 'a')),
    });
    await strict.through('a', LASTING, load);

    expect(there.results).toEqual(['miss']);
  });

  it.each<[string, unknown]>([
    ['a number', 7],
    ['an object', { a: 1 }],
    ['nothing', ''],
  ])('takes %s in the place of a generation for none, and writes over it', async (_what, foreign) => {
    await here.tier.write([`${prefix}:test.notes:{a}:generation`], foreign, 60_000);

    await notes.through('a', LASTING, load);
    await kept();
  });

  it('ends a load when the last one who waited for it has gone, and not before', async () => {
    const deadlines = [new Deadline(60_000), new Deadline(60_000)];
    const ended = Promise.withResolvers<unknown>();
    const endless = async (): Promise<never> => {
      const { currentRequest } = await import('#platform/context');
      currentRequest()?.deadline.onEnd(ended.resolve);
      return new Promise<never>(() => undefined);
    };
    const waiting = deadlines.map((deadline) =>
      runInRequest(newRequestContext({ deadline }), () => notes.through('a', LASTING, endless)).catch(
        (error: unknown) => error,
      ),
    );
    await until(
      async () => here.results.length,
      (misses) => misses === 2,
    );
    deadlines[0]?.end(new ClientDisconnected());
    expect(await waiting[0]).toBeInstanceOf(ClientDisconnected);
    expect(await Promise.race([ended.promise, new Promise((resolve) => setImmediate(resolve, 'goes on'))])).toBe(
      'goes on',
    );

    deadlines[1]?.end(new ClientDisconnected());
    expect(await ended.promise).toBeInstanceOf(ClientDisconnected);
  });
}
