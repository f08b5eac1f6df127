import { describe, expect, it } from '@jest/globals';
import { BEGIN, END, withFigures } from './page.js';

describe('a page with figures', () => {
  it('has new ones in the place of the old ones, and is else as it was', () => {
    const page = `# A\n${BEGIN}\nold\n${END}\nmore\n`;

    expect(withFigures(page, 'new')).toBe(`# A\n${BEGIN}\nnew\n${END}\nmore\n`);
  });

  it('is refused without a place for them', () => {
    expect(() => withFigures('# A\n', 'new')).toThrow(/no place for figures/);
    expect(() => withFigures(`${END}\n${BEGIN}\n`, 'new')).toThrow(/no place for figures/);
  });
});
