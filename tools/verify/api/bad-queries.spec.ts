import { expect, it } from '@jest/globals';
import { PARCEL_DOCUMENT } from '../testing/parcel.document.ts';
import { badQueries } from './bad-queries.ts';
import { operationsOf } from './document.ts';

const queriesOf = (id: string): string[] => {
  const operation = operationsOf(PARCEL_DOCUMENT).find((one) => one.id === id);
  return operation ? badQueries(operation).map(({ query }) => query) : [];
};

it('each parameter is empty, twice, and beyond its bounds, and one is unknown', () => {
  expect(queriesOf('GET /v1/parcels')).toEqual([
    '?verifyUnknown=1',
    '?limit=',
    '?limit=20&limit=20',
    '?limit=many',
    '?limit=1.5',
    '?limit=0',
    '?limit=101',
    '?status=',
    '?status=active&status=active',
    '?status=verify-no-such-value',
  ]);
});

it('an operation without parameters is asked with one', () => {
  expect(queriesOf('GET /v1/parcels/{id}')).toEqual(['?verifyUnknown=1']);
});
