import { describe, expect, it } from '@jest/globals';
import type { Checkout } from './checkout.ts';
import { migrationNameOf } from './migration-name.ts';

const NOW_MS = 1_796_000_000_000;
const migrationsAt = (module: string, ...names: readonly string[]) =>
  names.map((name) => `libs/modules/${module}/adapters/postgres/migrations/${name}.ts`);
const checkoutOf = (...files: readonly string[]): Checkout => ({
  read: () => null,
  filesBelow: (folder) => files.filter((file) => file.startsWith(`${folder}/`)),
});
const fileIn = (checkout: Checkout, nowMs = NOW_MS) => migrationNameOf(checkout, 'reviews', nowMs).file;

describe('the migration of a new module', () => {
  it('is of now: a module that is made again is another one to a database that has run the first', () => {
    const checkout = checkoutOf(...migrationsAt('orders', '1795000000000-create-orders'));

    expect(migrationNameOf(checkout, 'reviews', NOW_MS)).toEqual({
      file: '1796000000000-create-reviews',
      class: 'CreateReviews1796000000000',
    });
    expect(fileIn(checkout, NOW_MS + 1)).toBe('1796000000001-create-reviews');
  });

  it.each([
    ['of another module', migrationsAt('orders', '1797000000000-create-orders')],
    ['of one that is gone', ['apps/store/src/retired-migrations/1797000000000-retire-returns.ts']],
    ['of one whose schema waits', ['apps/store/src/retired-migrations/waiting/1797000000000-drop-returns.ts']],
  ])('comes after one %s with a later time', (_whose, files) => {
    expect(fileIn(checkoutOf(...files))).toBe('1797000000001-create-reviews');
  });

  it('has the name that it has already, whatever came later', () => {
    const checkout = checkoutOf(
      ...migrationsAt('reviews', '1795000000001-create-reviews'),
      ...migrationsAt('orders', '1797000000000-more'),
    );

    expect(fileIn(checkout)).toBe('1795000000001-create-reviews');
  });
});
