import { expect, it } from '@jest/globals';
import type { Operation, Parameter } from './document.ts';
import { filtersOf, valuesOf } from './filters.ts';

const query = (name: string, schema: Parameter['schema'] = { type: 'string' }): Parameter => ({
  name,
  in: 'query',
  schema,
});

it('what chooses among items is a filter, and what steers the page is none', () => {
  const parameters = ['limit', 'cursor', 'sort', 'category'].map((name) => query(name));

  expect(filtersOf({ parameters } as unknown as Operation).map(({ name }) => name)).toEqual(['category']);
});

it('a filter is tried with all values of its list', () => {
  expect(valuesOf(query('status', { enum: ['new', 'old'] }), [{ status: 'new' }])).toEqual(['new', 'old']);
});

it('a filter of free text is tried with what there is, and with what there is not', () => {
  const values = valuesOf(query('category'), [{ category: 'mugs' }, { category: 'mugs' }]);

  expect(values).toEqual(['mugs', expect.stringMatching(/^mugs[0-9a-f]{8}$/)]);
});

it('a filter that is no field of an item is not tried', () => {
  expect(valuesOf(query('text'), [{ category: 'mugs' }])).toEqual([]);
});
