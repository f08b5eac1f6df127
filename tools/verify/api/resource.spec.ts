import { describe, expect, it } from '@jest/globals';
import { PARCEL_DOCUMENT } from '../testing/parcel.document.ts';
import { callOf } from './call.ts';
import { operationsOf } from './document.ts';
import { referredBy, resourcesOf } from './resource.ts';

const operations = operationsOf(PARCEL_DOCUMENT);
const resources = resourcesOf(operations);
const [, parcels] = resources;

describe('the resources of a document', () => {
  it('are the names after the version, those of unknown modules as well', () => {
    expect(resources.map(({ name }) => name)).toEqual(['products', 'parcels']);
  });

  it('have what lists, makes and reads one', () => {
    const ids = [parcels?.list, parcels?.create, parcels?.read].map((operation) => operation?.id);

    expect(ids).toEqual(['GET /v1/parcels', 'POST /v1/parcels', 'GET /v1/parcels/{id}']);
  });

  it('are found by the name of a field that refers to them', () => {
    expect(referredBy('productId', resources)?.name).toBe('products');
    expect(referredBy('customerId', resources)).toBeNull();
    expect(referredBy('title', resources)).toBeNull();
  });
});

describe('an operation', () => {
  it.each([
    ['GET /v1/products', null],
    ['GET /v1/parcels', ['parcels:read']],
    ['GET /v1/parcels/{id}', []],
  ])('%s asks for %j', (id, scopes) => {
    expect(operations.find((operation) => operation.id === id)?.scopes).toEqual(scopes);
  });

  it('is asked with the headers that it takes, and no others', () => {
    const archive = operations.find(({ id }) => id === 'POST /v1/parcels/{id}/archive');
    if (!archive) throw new Error('There is no such operation.');

    expect(callOf(archive, { authorization: 'Bearer a', id: '7' })).toEqual({
      method: 'POST',
      path: '/v1/parcels/7/archive',
      headers: { authorization: 'Bearer a', 'if-match': '*' },
    });
    expect(callOf(archive, { authorization: null, ifMatch: null }).headers).toEqual({});
  });
});
