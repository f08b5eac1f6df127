import { describe, expect, it } from '@jest/globals';
import type { Answer } from '../stage/ask.ts';
import { PARCEL_DOCUMENT } from '../testing/parcel.document.ts';
import type { Api } from './api.ts';
import type { Details } from './call.ts';
import { Declared } from './declared.ts';
import { type Operation, operationsOf } from './document.ts';
import { type Entity, makeEntity, type NotMade } from './entity.ts';
import { resourcesOf } from './resource.ts';

const PRODUCTS = [
  { id: 'sold-out', stock: 0 },
  { id: 'in-stock', stock: 9 },
];

/** An API that lists products, and answers each creation by turns. */
function anApi(answers: readonly Partial<Answer>[]) {
  const bodies: object[] = [];
  const operations = operationsOf(PARCEL_DOCUMENT);
  const call = ({ id }: Operation, { body }: Details): Promise<Answer> => {
    const list = { status: 200, json: { items: PRODUCTS } };
    if (id !== 'GET /v1/products') bodies.push(body as object);
    const answer = id === 'GET /v1/products' ? list : answers[bodies.length - 1];
    return Promise.resolve({
      headers: new Headers({ etag: '"1"' }),
      text: '',
      tookMs: 1,
      status: 0,
      json: null,
      ...answer,
    });
  };
  const api = {
    operations,
    resources: resourcesOf(operations),
    schemas: PARCEL_DOCUMENT.components.schemas,
    declared: new Declared(PARCEL_DOCUMENT),
    as: (sub: string) => `Bearer ${sub}`,
    call,
  } as unknown as Api;
  const make = (): Promise<Entity | NotMade> => {
    const parcels = api.resources.find(({ name }) => name === 'parcels');
    if (!parcels) throw new Error('There are no parcels.');
    return makeEntity(api, parcels, 'ada');
  };
  return { bodies, make };
}
const CREATED = { status: 201, json: { id: '7' } };
const REFUSED = { status: 409, json: { code: 'parcels.refused', detail: 'Not this one.' } };

describe('what is made of the examples of a document', () => {
  it('is known by its id and its tag, and by who has made it', async () => {
    const { make } = anApi([CREATED]);

    expect(await make()).toMatchObject({ id: '7', etag: '"1"', authorization: 'Bearer ada' });
  });

  it('refers to what there is, the likeliest first, and to another after a refusal', async () => {
    const { bodies, make } = anApi([REFUSED, CREATED]);
    await make();

    expect(bodies).toMatchObject([{ productId: 'in-stock' }, { productId: 'sold-out' }]);
  });

  it('has texts that no other has, unless their rules forbid it', async () => {
    const { bodies, make } = anApi([CREATED]);
    await make();

    expect(bodies).toMatchObject([{ title: 'quite good', rating: 4 }]); // no digits there, by its pattern
  });

  it('fails where each is refused, and the last refusal is told: the document promises a 201', async () => {
    const { make } = anApi(Array(5).fill(REFUSED));

    await expect(make()).rejects.toThrow('POST /v1/parcels of them answers 409 parcels.refused Not this one.');
  });

  it('fails where the service does', async () => {
    const { make } = anApi([{ status: 500, json: { code: 'platform.internal-error' } }]);

    await expect(make()).rejects.toThrow('500 platform.internal-error');
  });
});
