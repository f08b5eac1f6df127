import { describe, expect, it } from '@jest/globals';
import { REVIEW_DOCUMENT } from '../testing/review.document.ts';
import { callOf } from './call.ts';
import { operationsOf } from './document.ts';
import { referredBy, resourcesOf } from './resource.ts';

const operations = operationsOf(REVIEW_DOCUMENT);
const resources = resourcesOf(operations);
const [, reviews] = resources;

describe('the resources of a document', () => {
  it('are the names after the version, those of unknown modules as well', () => {
    expect(resources.map(({ name }) => name)).toEqual(['products', 'reviews']);
  });

  it('have what lists, makes and reads one', () => {
    const ids = [reviews?.list, reviews?.create, reviews?.read].map((operation) => operation?.id);

    expect(ids).toEqual(['GET /v1/reviews', 'POST /v1/reviews', 'GET /v1/reviews/{id}']);
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
    ['GET /v1/reviews', ['reviews:read']],
    ['GET /v1/reviews/{id}', []],
  ])('%s asks for %j', (id, scopes) => {
    expect(operations.find((operation) => operation.id === id)?.scopes).toEqual(scopes);
  });

  it('is asked with the headers that it takes, and no others', () => {
    const archive = operations.find(({ id }) => id === 'POST /v1/reviews/{id}/archive');
    if (!archive) throw new Error('There is no such operation.');

    expect(callOf(archive, { authorization: 'Bearer a', id: '7' })).toEqual({
      method: 'POST',
      path: '/v1/reviews/7/archive',
      headers: { authorization: 'Bearer a', 'if-match': '*' },
    });
    expect(callOf(archive, { authorization: null, ifMatch: null }).headers).toEqual({});
  });
});
