import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { CASES } from './cases/index.js';
import { optionsIn, OTHERS, USAGE } from './options.js';
import { refuseUnwritable } from './options/place.js';
import { PROFILES } from './profile/subjects.js';

const KNOWN = { measurements: ['tiny', 'order', 'start'], profiles: ['tiny'], storeless: ['tiny'] };
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
    expect(options('--only', 'start', '--rounds', '30').mode).toEqual({ do: 'compare', only: ['start'] });
    expect(options('--soak', '15m', '--save').mode).toEqual({ do: 'soak', durationMs: 900_000 });
    expect(options('--ladder', '--quick').mode).toEqual({ do: 'ladder' });
    expect(options('--profile', 'tiny').mode).toEqual({ do: 'profile', name: 'tiny' });
    expect(options('--awake', 'tiny').mode).toEqual({ do: 'compare', only: ['tiny'], awake: true });
    expect(options('--render', 'x.json,y.json').mode).toEqual({ do: 'render', files: ['x.json', 'y.json'] });
  });

  it('take the same names in any order as the same', () => {
    expect(options('--only', 'order,tiny,order').mode).toEqual({ do: 'compare', only: ['tiny', 'order'] });
  });

  it('take five minutes, in whatever unit, as a soak of which something can be said', () => {
    expect(options('--soak', '5m').mode).toEqual(options('--soak', '300s').mode);
    expect(() => options('--soak', '299s')).toThrow(/from 5m to 24h/);
  });

  it.each([
    ['a name that nothing has', ['--only', 'nothing'], /nothing is called "nothing"/],
    ['a profile that there is not', ['--profile', 'order'], /no profile of "order"/],
    ['an option that there is not', ['--fast'], /--fast/],
    ['a soak without a unit', ['--soak', '15'], /must be a time/],
    ['a soak of seconds', ['--soak', '5s'], /must be a time/],
    ['fewer rounds than a verdict needs', ['--rounds', '2'], /from 3 to 1000/],
    ['rounds that are no number', ['--rounds', 'many'], /from 3 to 1000/],
    ['a file without a name', ['--render', 'x.json,'], /must name files/],
    ['two things to do', ['--ladder', '--soak', '15m'], /--ladder and --soak do not go together/],
    ['to keep what is no figure to quote', ['--quick', '--save'], /a quick run is not kept: --json writes it/],
    ['a pace for what measures nothing', ['--render', 'x', '--quick'], /--quick has no effect with --render/],
    ['a place for it', ['--render', 'x', '--json', 'y', '--save'], /--json and --save have no effect with --render/],
    [
      'a load that is awake beside a store',
      ['--awake', 'tiny,order'],
      /for what asks no store \(tiny\), and not for "order"/,
    ],
    ['a load that is awake for what is asked otherwise', ['--awake', 'tiny', '--only', 'order'], /do not go together/],
    ['rounds of a soak', ['--soak', '15m', '--rounds', '5'], /--rounds has no effect with --soak/],
    ['a quick soak', ['--soak', '15m', '--quick'], /--quick has no effect with --soak/],
  ])('refuse %s, and show the usage', (_what, args, words) => {
    expect(() => options(...args)).toThrow(words);
    expect(() => options(...args)).toThrow(/Usage: npm run bench/);
  });

  it.each(['only', 'awake', 'rounds', 'soak', 'profile', 'json', 'render'])('refuse an empty --%s', (name) => {
    expect(() => options(`--${name}`, '')).toThrow(`--${name} must not be empty`);
    expect(() => options(`--${name}= `)).toThrow(/Usage: npm run bench/);
  });

  it.each([
    ['--only', [...CASES.map(({ name }) => name), ...OTHERS]],
    ['--awake', CASES.filter(({ storeless }) => storeless).map(({ name }) => name)],
    ['--profile', PROFILES],
  ])('are told by the usage with all names of %s, and no others', (name, names) => {
    const [, list = ''] = new RegExp(`${name} <[^:]*:([^]*?)\\n {2}--`).exec(USAGE) ?? [];

    expect(list.split(/,| or /).map((each) => each.trim())).toEqual(names);
  });
});

describe('the file of --json', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mainstay-options-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['a new one', join(folder, 'new.json')],
    ['one that is there', import.meta.filename],
  ])('may be %s', (_what, file) => {
    expect(() => refuseUnwritable(file)).not.toThrow();
  });

  it.each([
    ['in a folder that there is not', join(folder, 'none/x.json'), /there is no folder .*none\./],
    ['in what is no folder', join(import.meta.filename, 'x.json'), /there is no folder/],
    ['that is a folder', folder, /it is a folder/],
  ])('is refused before the measuring: one %s', (_what, file, words) => {
    expect(() => refuseUnwritable(file)).toThrow(words);
    expect(() => refuseUnwritable(file)).toThrow(/Usage: npm run bench/);
  });
});
