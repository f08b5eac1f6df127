import { expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import type { ProductRepository } from '../application/ports/product.repository.js';
import type { Product } from '../domain/product.js';
import { PRODUCT_STATUSES } from '../domain/product.state.js';
import { aProduct } from './product.builder.js';

const inOrder = (products: readonly Product[]): Product[] => [...products].sort((a, b) => (a.id < b.id ? -1 : 1));

const namesOf = (products: readonly Product[]): string[] => products.map(({ name }) => name);

/** What every store does for whoever looks for things beside the one in hand. */
export function salesContract(store: () => ProductRepository): void {
  const stocked = async (...shelf: Product[]): Promise<Product[]> => {
    for (const product of shelf) await store().add(product);
    return shelf;
  };

  it('finds many by their ids, whatever their status, field for field, each once', async () => {
    const shelf = await stocked(...PRODUCT_STATUSES.map((status) => aProduct({ status })));
    await stocked(aProduct());
    const ids = shelf.map(({ id }) => id);

    for (const again of [false, true]) {
      const found = await store().findMany([...ids, ...ids, newId()]);
      expect({ again, found: inOrder(found) }).toEqual({ again, found: inOrder(shelf) });
    }
    expect(await store().findMany([])).toEqual([]);
  });

  it('finds those that are on sale, field for field, each once', async () => {
    const [one, other] = (await stocked(aProduct(), aProduct())) as [Product, Product];
    await stocked(aProduct());

    const found = await store().findActive([one.id, other.id, one.id, newId()]);

    expect(inOrder(found)).toEqual(inOrder([one, other]));
  });

  it('finds nothing for no ids', async () => {
    await stocked(aProduct());

    expect(await store().findActive([])).toEqual([]);
  });

  it('finds none that is not on sale', async () => {
    const shelf = await stocked(...PRODUCT_STATUSES.map((status) => aProduct({ status, name: status })));

    expect(namesOf(await store().findActive(shelf.map(({ id }) => id)))).toEqual(['active']);
  });

  it('orders bestsellers by units, and what has sold alike by id', async () => {
    const idOf = (digit: number): string => `00000000-0000-8000-8000-00000000000${digit}`;
    await stocked(
      aProduct({ id: idOf(3), name: 'c' }),
      aProduct({ id: idOf(1), name: 'a' }),
      aProduct({ id: idOf(2), name: 'b' }),
      aProduct({ id: idOf(4), name: 'd' }),
    );
    await store().addUnitsSold([
      { productId: idOf(2), units: 5 },
      { productId: idOf(4), units: 7 },
    ]);

    expect(namesOf(await store().bestsellers('coffee-and-tea', 10))).toEqual(['d', 'b', 'a', 'c']);
    expect(namesOf(await store().bestsellers('coffee-and-tea', 2))).toEqual(['d', 'b']);
  });

  it('gives bestsellers of the category alone, and only what is on sale, field for field', async () => {
    const wanted = aProduct({ category: 'garden' });
    await stocked(
      wanted,
      aProduct({ category: 'gardening' }),
      aProduct({ category: 'garden', status: 'draft' }),
      aProduct({ category: 'garden', status: 'discontinued' }),
    );

    expect(await store().bestsellers('garden', 10)).toEqual([wanted]);
  });

  it('adds up what is sold, and leaves the product as it was', async () => {
    const [one, other] = (await stocked(aProduct({ name: 'one' }), aProduct({ name: 'other' }))) as [Product, Product];
    await store().addUnitsSold([{ productId: one.id, units: 4 }]);
    await store().addUnitsSold([
      { productId: other.id, units: 3 },
      { productId: newId(), units: 100 },
      { productId: other.id, units: 2 },
    ]);

    expect(namesOf(await store().bestsellers('coffee-and-tea', 10))).toEqual(['other', 'one']);
    expect(await store().find(one.id)).toEqual(one);
  });

  it('loses no unit when many sell the same products at once, in whatever order', async () => {
    const [one, other] = (await stocked(aProduct({ name: 'one' }), aProduct({ name: 'other' }))) as [Product, Product];
    const sales = [one, other].map(({ id }) => ({ productId: id, units: 1 }));
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => store().addUnitsSold(n % 2 === 0 ? sales : sales.toReversed())),
    );

    await store().addUnitsSold([{ productId: other.id, units: 1 }]);
    expect(namesOf(await store().bestsellers('coffee-and-tea', 10))).toEqual(['other', 'one']);
    await store().addUnitsSold([{ productId: one.id, units: 2 }]);
    expect(namesOf(await store().bestsellers('coffee-and-tea', 10))).toEqual(['one', 'other']);
  });
}
