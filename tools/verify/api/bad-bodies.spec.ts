import { describe, expect, it } from '@jest/globals';
import { PARCEL_DOCUMENT } from '../testing/parcel.document.ts';
import { badBodies } from './bad-bodies.ts';
import { exampleOf } from './schema.ts';

const { schemas } = PARCEL_DOCUMENT.components;
const REQUEST = { $ref: '#/components/schemas/CreateParcelRequest' };
const GOOD = {
  productId: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7',
  title: 'quite good',
  rating: 4,
  refund: { amount: 100 },
  tags: ['gift'],
  verified: true,
};

describe('the bad bodies of a schema', () => {
  const bad = badBodies(REQUEST, schemas);
  const told = bad.map(({ what }) => what);
  const bodyOf = (what: string): unknown => bad.find((one) => one.what === what)?.body;

  it('are made of a body that is good', () => {
    expect(exampleOf(REQUEST, schemas)).toEqual(GOOD);
  });

  it('are wrong in each field, by each of its rules', () => {
    expect(told).toEqual(
      expect.arrayContaining([
        '#/productId missing',
        '#/productId of another format',
        '#/title empty',
        '#/title of 61 characters',
        '#/title against its pattern',
        '#/rating missing',
        '#/rating a text',
        '#/rating a fraction',
        '#/rating of 0',
        '#/rating of 6',
        '#/tags of 0 items',
        '#/tags of 4 items',
        '#/tags/0 off its list',
        '#/verified a text',
      ]),
    );
  });

  it('reach into objects, and know a field that nobody has', () => {
    expect(told).toEqual(
      expect.arrayContaining([
        '#/verifyUnknownField unknown',
        '#/refund null',
        '#/refund/amount missing',
        '#/refund/amount of -1',
        '#/refund/verifyUnknownField unknown',
      ]),
    );
  });

  it('leave null where it may be', () => {
    expect(told).not.toContain('#/verified null');
  });

  it('are wrong in one place, and point there', () => {
    expect(bodyOf('#/refund/amount of -1')).toEqual({ ...GOOD, refund: { amount: -1 } });
    expect(bodyOf('#/refund/amount missing')).toEqual({ ...GOOD, refund: {} });
    expect(bodyOf('#/tags/0 off its list')).toEqual({ ...GOOD, tags: ['verify-no-such-value'] });
    expect(bad.find(({ what }) => what === '#/rating of 6')?.pointers).toEqual(['#/rating']);
    expect(bad.find(({ what }) => what === '#/tags/0 null')?.pointers).toEqual(['#/tags/0', '#/tags']);
  });
});
