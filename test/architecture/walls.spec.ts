import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildHouse, type PlantedHouse } from './planted-house.js';
import { LAWFUL, LEAVES, PLANTS } from './plants.js';
import { type Breach, loadWalls, ROOT, rulesOf, survey } from './survey.js';

const walls = await loadWalls();
const ruleNames = rulesOf(walls).map((rule) => rule.name ?? '(nameless)');

describe('the walls', () => {
  it('have rules', () => {
    expect(ruleNames.length).toBeGreaterThan(0);
    expect(new Set(ruleNames).size).toBe(ruleNames.length);
  });

  it.each(rulesOf(walls))('give a reason for $name, and refuse rather than warn', (rule) => {
    expect(rule.comment).toMatch(/\w{3}.*\./s);
    expect(rule.severity).toBe('error');
  });

  it.each(ruleNames)('are tried: %s has a planted violation', (name) => {
    expect(PLANTS.map((plant) => plant.breaks)).toContain(name);
  });

  it('stand: apps and libs break none of them', async () => {
    const { breaches, files } = await survey(ROOT, walls);

    expect(breaches).toEqual([]);
    expect(files).toBeGreaterThan(0);
  });
});

describe.each(['import', 'import type'] as const)('a house with planted violations, by `%s`', (style) => {
  let house: PlantedHouse;
  let breaches: readonly Breach[];

  beforeAll(async () => {
    house = await buildHouse(ROOT, [...LAWFUL, ...PLANTS], LEAVES, style);
    ({ breaches } = await survey(house.path, walls));
  });
  afterAll(() => house.demolish());

  const rulesBrokenBy = (file: string, imports: string): string[] =>
    breaches.filter((breach) => breach.file === file && breach.imports === imports).map((breach) => breach.rule);

  it.each(PLANTS)('$breaks, and it alone, catches $imports in $file', ({ breaks, file, imports }) => {
    expect(rulesBrokenBy(file, imports)).toEqual([breaks]);
  });

  it.each(LAWFUL)('leaves $imports in $file alone', ({ file, imports }) => {
    expect(rulesBrokenBy(file, imports)).toEqual([]);
  });
});
