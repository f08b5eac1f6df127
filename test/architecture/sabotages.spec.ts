import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sabotage, sabotaged } from '../deploy/verify/sabotage.js';
import { SABOTAGES } from '../deploy/verify/sabotages.js';

const ROOT = join(import.meta.dirname, '../..');

const source = ({ file }: Sabotage): string => readFileSync(join(ROOT, file), 'utf8');
const named = SABOTAGES.map((sabotage) => [`${sabotage.trial.promise}: the store ${sabotage.does}`, sabotage] as const);

describe('what verify is tried with', () => {
  // Told here in a moment: where the sabotages are run, it is told after minutes.
  it.each(named)('fits the source that it breaks: %s', (_name, sabotage) => {
    const original = source(sabotage);

    expect(sabotaged(original, sabotage)).not.toBe(original);
  });

  it('is refused when the source has changed from under it', () => {
    const edits = [['const it = 1;', 'const it = 2;']] as const;

    expect(() => sabotaged('const other = 1;', { ...SABOTAGES[0], file: 'libs/it.ts', edits } as Sabotage)).toThrow(
      'libs/it.ts has this 0 times, and not once: const it = 1;',
    );
  });
});
