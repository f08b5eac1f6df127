import { describe, expect, it } from '@jest/globals';
import { scaled } from './profile.js';
import { spentIn } from './cpu-profile.js';

const node = (id: number, functionName: string, url = '', children: number[] = []) => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
  children,
});

describe('a profile', () => {
  const profile = {
    nodes: [
      node(1, '(root)', '', [2]),
      node(2, 'outer', 'file:///house/dist/libs/a.js', [3, 5]),
      node(3, 'inner', 'file:///house/dist/libs/b.js', [4]),
      node(4, 'outer', 'file:///house/dist/libs/a.js'),
      node(5, 'writev'),
    ],
    samples: [2, 3, 4, 5],
    timeDeltas: [0, 10, 20, 30, 40],
  };
  const spent = spentIn(profile, '/house');
  const of = (name: string) => spent.find((each) => each.name === name);

  it('gives each function what it took itself, wherever it was called from', () => {
    expect(of('outer')?.self).toBe(40);
    expect(of('inner')?.self).toBe(20);
    expect(spent[0]?.self).toBe(40);
  });

  it('counts a function that calls itself once for each sample', () => {
    expect(of('outer')?.inclusive).toBe(100);
    expect(of('inner')?.inclusive).toBe(50);
  });

  it('is scaled to the CPU that was counted, without what was idle', () => {
    const idle = { name: '(idle)', place: '', self: 1_000, inclusive: 1_000 };
    const per = scaled([idle, ...spent], 50);

    expect(per.reduce((sum, { self }) => sum + self, 0)).toBeCloseTo(50);
    expect(per.find(({ name }) => name === 'outer')).toMatchObject({ self: 20, inclusive: 50 });
  });

  it('says where it stands', () => {
    expect(of('inner')?.place).toBe('libs/b.js:10');
    expect(of('writev')?.place).toBe('');
  });
});
