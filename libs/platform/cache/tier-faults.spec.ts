import { beforeEach, describe, expect, it } from '@jest/globals';
import { newRequestContext, runInRequest } from '#platform/context';
import { Deadline } from '#platform/deadline';
import type { Cache } from './cache.js';
import { LASTING, note, type Note, Replica } from './testing/note.cache.js';
import { ScriptedTier, type TierCommand } from './testing/scripted-tier.js';
import { until } from './testing/slow-load.js';

describe('a cache whose tier', () => {
  let tier: ScriptedTier;
  let replica: Replica;
  let notes: Cache<Note>;
  let text: string;
  beforeEach(() => {
    tier = new ScriptedTier();
    replica = new Replica(tier);
    notes = replica.notes('test');
    text = 'first';
  });

  const load = async (): Promise<Note> => note(text);
  const read = () => notes.through('a', LASTING, load);
  const change = (to: string) => notes.changing(['a'], async () => void (text = to));
  const last = () => replica.results.at(-1);
  const kept = () => until(read, () => last() === 'hit');

  it.each<[string, TierCommand[]]>([
    ['answers nothing', ['read', 'write', 'claim', 'prolong', 'hold', 'release', 'remove']],
    ['takes no writes, and removes nothing', ['write', 'claim', 'prolong', 'hold', 'release', 'remove']],
    ['can not be read', ['read']],
    ['lets nobody claim', ['claim']],
    ['is full', ['write', 'claim', 'prolong', 'hold']],
    ['ends no change', ['release', 'remove']],
  ])('%s costs no error, and shows no old value here', async (_state, commands) => {
    await kept();
    tier.fail(...commands);

    expect(await read()).toEqual(note('first'));
    await change('second');
    expect(await read()).toEqual(note('second'));

    tier.heal();
    expect(await read()).toEqual(note('second'));
  });

  it('was full when something changed removes what it can not hold', async () => {
    await kept();
    tier.fail('write', 'claim', 'hold');
    await change('second');

    expect(await new Replica(tier).notes('test').through('a', LASTING, load)).toEqual(note('second'));
  });

  it('can not be asked is gone past, and that is told', async () => {
    tier.fail('read');
    const context = newRequestContext({ deadline: new Deadline(10_000) });
    await runInRequest(context, read);

    expect(last()).toBe('bypass');
    expect(context.degraded).toEqual({ 'cache:test.notes': 'bypass' });
  });

  it('can not be claimed is gone past, and that is told', async () => {
    tier.fail('claim');
    const context = newRequestContext({ deadline: new Deadline(10_000) });
    await runInRequest(context, read);

    expect(last()).toBe('bypass');
    expect(context.degraded).toEqual({ 'cache:test.notes': 'bypass' });
  });

  it('was not told of a change is gone past here, until it was', async () => {
    await kept();
    tier.fail('remove', 'write', 'hold', 'release');
    await change('second');
    tier.heal();

    await read();
    expect(last()).toBe('bypass');
    await kept();
    expect(await new Replica(tier).notes('test').through('a', LASTING, load)).toEqual(note('second'));
  });

  it('was not told that a change began, nor how it ended, keeps nothing of what was before it', async () => {
    await kept();
    tier.fail('hold', 'remove');
    const lost = notes.changing(['a'], async () => {
      text = 'second'; // it was kept, and nobody can tell
      tier.heal();
      throw new Error('lost in COMMIT');
    });
    await expect(lost).rejects.toThrow('lost');

    expect(await new Replica(tier).notes('test').through('a', LASTING, load)).toEqual(note('second'));
  });

  it('is asked for as little as a hit needs', async () => {
    await kept();
    tier.asked.length = 0;
    await read();

    expect(tier.asked).toEqual(['read']);
  });

  it('is not asked for what nobody may keep', async () => {
    await notes.through('a', { ttlSeconds: 0, staleSeconds: 0 }, load);

    expect(tier.asked).toEqual([]);
  });

  it.each(['', 'x'.repeat(201)])('is never given a key that is empty or too long', async (key) => {
    await expect(notes.through(key, LASTING, load)).rejects.toBeInstanceOf(RangeError);
  });

  it.each([
    { name: 'products' },
    { name: 'catalog:products' },
    { name: 'Catalog.products' },
    { version: 0 },
    { version: 1.5 },
  ])('is refused to a declaration with %j', (changes) => {
    expect(() => replica.notes('test', changes)).toThrow(RangeError);
  });
});
