import { describe, expect, it } from '@jest/globals';
import { Leftovers } from './leftovers.ts';

describe('what a trial has left', () => {
  const aList = () => {
    const undone: string[] = [];
    const undoing = (what: string) => async () => void undone.push(what);
    return { leftovers: new Leftovers(), undone, undoing };
  };

  it('is undone once, the last made first', async () => {
    const { leftovers, undone, undoing } = aList();
    leftovers.add(undoing('database'));
    leftovers.add(undoing('lock'));
    await leftovers.clear();
    await leftovers.clear();

    expect(undone).toEqual(['lock', 'database']);
  });

  it('is undone also where a step of it fails', async () => {
    const { leftovers, undone, undoing } = aList();
    leftovers.add(undoing('database'));
    leftovers.add(() => Promise.reject(new Error('it has gone')));
    await leftovers.clear();

    expect(undone).toEqual(['database']);
  });

  it('is undone at once when the run is over', async () => {
    const { leftovers, undone, undoing } = aList();
    await leftovers.close();
    leftovers.add(undoing('database'));

    expect(undone).toEqual(['database']);
  });
});
