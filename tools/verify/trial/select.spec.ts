import { expect, it } from '@jest/globals';
import { selected, strangers } from './select.ts';

const TRIALS = [
  { promise: 'C3', says: 'A POST under its key is carried out once', how: 'again' },
  { promise: 'C5', says: 'A replica that is killed loses none', how: 'kill -9' },
  { promise: 'G2', says: 'SIGTERM drops nothing', how: 'one of two ends' },
] as const;

const named = (...words: string[]): string[] => selected(TRIALS, words).map(({ promise }) => promise);

it('all are chosen where no word is given', () => {
  expect(named()).toEqual(['C3', 'C5', 'G2']);
});

it.each([
  [['c3'], ['C3']],
  [['C'], ['C3', 'C5']],
  [['sigterm'], ['G2']],
  [
    ['KILL', 'G2'],
    ['C5', 'G2'],
  ],
])('%j chooses %j', (words, promises) => {
  expect(named(...words)).toEqual(promises);
});

it('tells of words that choose nothing', () => {
  expect(strangers(TRIALS, ['C3', 'C9', 'nonsense'])).toEqual(['C9', 'nonsense']);
});
