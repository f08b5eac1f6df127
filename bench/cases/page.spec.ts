import { describe, expect, it } from '@jest/globals';
import { faultOfPage } from './page.ts';

const pageWith = (recommendations: object | undefined): string => JSON.stringify({ id: 'x', recommendations });

describe('a page that is measured', () => {
  it('has its recommendations', () => {
    expect(faultOfPage(pageWith({ items: [{ id: 'y' }], degraded: false }))).toBeNull();
  });

  it.each([
    ['degraded', { items: [{ id: 'y' }], degraded: true }],
    ['empty', { items: [], degraded: false }],
    ['without any', undefined],
  ])('is not one that is %s', (_what, recommendations) => {
    expect(faultOfPage(pageWith(recommendations))).toMatch(/degraded, or none/);
  });
});
