import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TRIALS } from '../trials.ts';
import { PROMISE_IDS } from './promises.ts';
import { UNTRIED_PARTS } from './untried-parts.ts';
import { UNTRIED } from './untried.ts';

const CHECKOUT = join(import.meta.dirname, '../../..');

/** Of each letter so many. */
const COUNTS = { A: 3, B: 9, C: 8, D: 6, E: 6, F: 7, G: 6, H: 2 };

describe('the promises', () => {
  const tried = new Set(TRIALS.map(({ promise }) => promise));
  const untried = new Set(UNTRIED.map(({ promise }) => promise));

  it('are all there', () => {
    const expected = Object.entries(COUNTS).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, n) => `${letter}${n + 1}`),
    );
    expect(PROMISE_IDS).toEqual(expected);
  });

  it.each(PROMISE_IDS)('%s is tried, or its reason is told', (id) => {
    expect([tried.has(id), untried.has(id)].filter(Boolean)).toHaveLength(1);
  });

  it('of which a part is not tried are tried in others', () => {
    expect(UNTRIED_PARTS.filter(({ promise }) => !tried.has(promise))).toEqual([]);
  });

  it('that are not tried name the command that shows them', () => {
    for (const { why, shownBy } of [...UNTRIED, ...UNTRIED_PARTS])
      expect(`${why} ${shownBy}`).toMatch(/^[A-Z].*\. npm /);
  });

  it('that are not tried name suites that there are', () => {
    const suites = globSync('{test,libs,tools,apps}/**/*.spec.ts', { cwd: CHECKOUT });
    const patterns = [...UNTRIED, ...UNTRIED_PARTS].flatMap(({ shownBy }) =>
      [...shownBy.matchAll(/npm test -- (.+?) --selectProjects/g)].flatMap(([, words = '']) => words.split(' ')),
    );

    expect(patterns.length).toBeGreaterThan(10);
    expect(patterns.filter((pattern) => !suites.some((suite) => suite.includes(pattern)))).toEqual([]);
  });

  it('are tried in ways that are told apart', () => {
    const told = TRIALS.map(({ promise, says }) => `${promise} ${says}`);

    expect(told).toEqual([...new Set(told)]);
  });
});
