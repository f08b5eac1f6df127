import { describe, expect, it } from '@jest/globals';
import { optionsIn } from './options.js';

const KNOWN = ['tiny', 'order'];
const options = (...args: string[]) => optionsIn(args, KNOWN);

describe('the options', () => {
  it('compare everything unless told otherwise', () => {
    expect(options()).toEqual({
      mode: { do: 'compare', only: null },
      quick: false,
      rounds: null,
      json: null,
      save: false,
    });
  });

  it('name what is measured', () => {
    expect(options('--only', 'order,tiny', '--rounds', '30').mode).toEqual({ do: 'compare', only: ['order', 'tiny'] });
    expect(options('--soak', '15m').mode).toEqual({ do: 'soak', durationMs: 900_000 });
    expect(options('--ladder', '--quick').mode).toEqual({ do: 'ladder' });
    expect(options('--profile', 'tiny').mode).toEqual({ do: 'profile', name: 'tiny' });
    expect(options('--render', 'x.json,y.json').mode).toEqual({ do: 'render', files: ['x.json', 'y.json'] });
  });

  it.each([
    ['a name that nothing has', ['--only', 'nothing'], /nothing is called "nothing"/],
    ['an option that there is not', ['--fast'], /--fast/],
    ['what does not go together', ['--ladder', '--soak', '15m'], /do not go together/],
    ['a soak without a unit', ['--soak', '15'], /must be a time/],
    ['a soak of seconds', ['--soak', '5s'], /must be a time/],
    ['fewer rounds than a verdict needs', ['--rounds', '2'], /from 3 to 1000/],
    ['rounds that are no number', ['--rounds', 'many'], /from 3 to 1000/],
  ])('refuse %s, and show the usage', (_what, args, words) => {
    expect(() => options(...args)).toThrow(words);
    expect(() => options(...args)).toThrow(/Usage: npm run bench/);
  });
});
