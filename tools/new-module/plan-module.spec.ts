import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { BODY_BYTES_MAX } from './fields/body-size.ts';
import { aPlan, aCheckout, faultsOf, NOW_MS } from './testing/checkout-tree.ts';
import { planModule } from './plan-module.ts';

describe('a module that is asked for', () => {
  it('has its names in all forms', () => {
    expect(aPlan('gift-cards').names).toMatchObject({
      entity: 'gift-card',
      Entity: 'GiftCard',
      Entities: 'GiftCards',
      entitiesCamel: 'giftCards',
      ENTITIES: 'GIFT_CARDS',
      schema: 'gift_cards',
      entityWords: 'gift card',
      anEntity: 'a gift card',
      builder: 'aGiftCard',
    });
    expect(aPlan('addresses').names).toMatchObject({ entity: 'address', anEntity: 'an address', builder: 'anAddress' });
    expect(aPlan('criteria-sets', [], 'criterion').names).toMatchObject({ entity: 'criterion' });
  });

  it('has a name when nobody asks for fields', () => {
    expect(aPlan('reviews').fields.map(({ name, kind }) => [name, kind])).toEqual([['name', 'string']]);
  });

  it('refers to what another module shows at its front door', () => {
    const { references, referrals, needed } = aPlan('reviews', ['product:ref(catalog)', 'gift:ref(catalog)']);

    expect(references).toMatchObject([
      { module: 'catalog', queries: 'ProductQueries', notFound: 'ProductNotFound', fields: ['productId', 'giftId'] },
    ]);
    expect(references[0]?.listing).toBe("category: null, status: null, sort: 'createdAt', page");
    expect(referrals.map(({ error }) => error)).toEqual(['ProductUnknown', 'GiftUnknown']);
    expect(needed).toEqual({ imported: ['catalog'], global: ['recommendations'] });
  });

  it.each([
    ['review', 'did you mean reviews?'],
    ['Reviews', 'lower-case letters'],
    ['my_reviews', 'lower-case letters'],
    ['2-reviews', 'lower-case letters'],
    ['../reviews', 'lower-case letters'],
    ['products', 'The route /v1/products is taken'],
    ['catalogs', ''],
    ['classes', 'class is a word of TypeScript'],
    ['dates', 'Date is what JavaScript calls something else'],
    ['maps', 'Map is what JavaScript calls something else'],
    ['pg-tables', 'the schema pg_tables of the database is not free'],
    ['a-name-of-more-than-thirty-letters', '30 letters at most'],
  ])('called %s is told: %s', (name, told) => {
    const faults = faultsOf(name);

    if (told === '') expect(faults).toBe('');
    else expect(faults).toContain(told);
  });

  it.each([['a-name-of-more-than-thirty-letters'], ['names-of-more-than-thirty-chars']])(
    'called %s is told once that it is too long',
    (name) => expect(faultsOf(name).match(/too long/g)).toHaveLength(1),
  );

  it('called by what ends in s and is one, or has no singular, is asked for that: nobody says newses', () => {
    expect(faultsOf('news')).toBe('What is one of the news called? Say --singular <one of them>.');
    expect(faultsOf('address')).toContain('--singular');
    expect(faultsOf('address')).not.toContain('did you mean');
    expect(faultsOf('data')).toContain('--singular');
  });

  it.each([
    ['users', 'a user', 'aUser'],
    ['hours', 'an hour', 'anHour'],
    ['units', 'a unit', 'aUnit'],
    ['one-offs', 'a one off', 'aOneOff'],
    ['uninstalls', 'an uninstall', 'anUninstall'],
    ['houses', 'a house', 'aHouse'],
    ['honors', 'an honor', 'anHonor'],
    ['europes', 'a europe', 'aEurope'],
  ])('called %s has the article that is spoken', (name, anEntity, builder) => {
    expect(aPlan(name).names).toMatchObject({ anEntity, builder });
  });

  it('is refused what others have taken', () => {
    expect(faultsOf('goods', [], 'product')).toContain('There is a product already');
  });

  it.each([
    ['title', '"title" is no field'],
    ['title:varchar', 'there is no kind "varchar"'],
    ['Title:string', 'called in camelCase'],
    ['body:text?', 'there are no optional fields'],
    ['title:string(0)', 'a length from 1 to'],
    ['title:string(501)', 'a length from 1 to'],
    ['rating:integer(5..1)', 'the lesser one first'],
    ['rating:integer(1..9999999999)', 'of 32 bits'],
    ['refund:money(EUR)', 'money takes nothing in parentheses'],
    ['mood:enum', 'takes 2 to 20 values'],
    ['mood:enum(one)', 'takes 2 to 20 values'],
    ['mood:enum(one|One)', 'not "One"'],
    ['mood:enum(one|two|one)', 'one is there twice'],
    ['status:string', 'every module has that itself'],
    ['createdAt:timestamp', 'every module has that itself'],
    ['hasOwnProperty:boolean', 'every module has that itself'],
    ['isPrototypeOf:string', 'every module has that itself'],
    ['valueOf:integer', 'every module has that itself'],
    ['class:string', 'a word of TypeScript'],
    ['order:integer', 'a word of SQL'],
    ['productId:ref(catalog)', 'without its Id'],
    ['thing:ref(nowhere)', 'There is no module nowhere'],
    ['thing:ref(nowhere)', 'Those that can: catalog.'],
    ['mood:enum(a b|c)', 'not "a b"'],
    ['order:ref(orders)', "Module orders can't be referred to"],
    ['learned:ref(recommendations)', "Module recommendations can't be referred to"],
    ['aVeryLongNameForOneSingleFieldIndeed:string', '30 letters at most'],
  ])('with %s is told: %s', (field, told) => {
    expect(faultsOf('reviews', [field])).toContain(told);
  });

  it('is told of all that is wrong at once', () => {
    const faults = faultsOf('review', ['title:string', 'title:text', 'mood:enum(x)', 'thing:ref(nowhere)']);

    for (const told of ['did you mean reviews?', 'title is there twice', 'takes 2 to 20', 'no module nowhere']) {
      expect(faults).toContain(told);
    }
  });

  it('has a bound of fields and of references, and of the names of the database', () => {
    const many = (n: number, kind: string) => Array.from({ length: n }, (_, at) => `f${at}:${kind}`);

    expect(faultsOf('reviews', many(11, 'string'))).toContain('10 at most');
    expect(faultsOf('reviews', many(4, 'ref(catalog)'))).toContain('3 at most');
    expect(faultsOf('a-name-of-almost-thirty-things', ['aFieldThatHasAlmostThirtyChars:string'])).toContain(
      'PostgreSQL',
    );
  });

  it('has a bound of the names of its statements: with three references they are the longest', () => {
    const gifts = ['a', 'b', 'c'].map((name) => `${name}:ref(catalog)`);

    expect(faultsOf('a-name-of-almost-thirty-things', gifts.slice(0, 1))).toBe('');
    expect(faultsOf('a-name-of-almost-thirty-things', gifts)).toContain(
      'a-name-of-almost-thirty-things.list:-createdAt+by0+by1+by2+by3+after would be too long a name for PostgreSQL',
    );
  });

  it('has no texts that are longer together than a request', () => {
    const texts = (n: number, length: number) => Array.from({ length: n }, (_, at) => `f${at}:text(${length})`);

    expect(faultsOf('reviews', texts(8, 2_000))).toBe('');
    expect(faultsOf('reviews', ['title:string', ...texts(2, 10_000)])).toBe(
      'title, f0, f1: 20,200 code points together are more than one request takes (HTTP_BODY_LIMIT_BYTES, 65,536): 16,309 at most, for example text(500).',
    );
    const settings = readFileSync(join(import.meta.dirname, '../../libs/platform/http/http.settings.ts'), 'utf8');
    expect(settings).toMatch(/'HTTP_BODY_LIMIT_BYTES', \{ [^}]* default: 65_536 \}/);
    expect(BODY_BYTES_MAX).toBe(65_536);
  });

  it('is told that two columns are one: the amount of a price, and a number beside it', () => {
    expect(faultsOf('reviews', ['price:money', 'priceAmount:integer'])).toContain('has a column of another field');
  });

  it('is planned from the checkout alone', () => {
    const request = { name: 'reviews', fields: [], singular: null };

    expect(planModule(aCheckout(), request, NOW_MS)).toEqual(planModule(aCheckout(), request, NOW_MS));
  });
});
