import { expect, it } from '@jest/globals';
import { optionsIn } from './options.ts';

it('all is tried on what is built, unless something else is said', () => {
  const usual = { only: [], json: null, build: true, dist: null, strict: false, list: false };

  expect(optionsIn([], {})).toEqual(usual);
});

it('takes each option, and several --only', () => {
  expect(
    optionsIn(['--only', 'C3', '--only', 'drain', '--json', 'a.json', '--no-build', '--strict', '--list'], {}),
  ).toEqual({
    only: ['C3', 'drain'],
    json: 'a.json',
    build: false,
    dist: null,
    strict: true,
    list: true,
  });
});

it('is strict in CI', () => {
  expect(optionsIn([], { CI: 'true' })).toMatchObject({ strict: true });
});

it('builds nothing for a build of somebody else', () => {
  expect(optionsIn(['--dist', 'elsewhere/dist'])).toMatchObject({ build: false, dist: 'elsewhere/dist' });
});

it.each([[['--onyl', 'C3']], [['C3']], [['--only']]])('refuses %j with the usage', (args) => {
  expect(() => optionsIn(args)).toThrow(/Usage: npm run verify/);
});
