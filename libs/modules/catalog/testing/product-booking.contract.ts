import { expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import type { ProductRepository } from '../application/ports/product.repository.js';
import type { StockBooking } from '../application/ports/stock.booking.js';
import { Product } from '../domain/product.js';
import { STOCK_MAX } from '../domain/product.state.js';
import { aProduct } from './product.builder.js';

const BOOKED_AT = new Date('2026-03-04T05:06:07.089Z');

/** A booking of so many pieces of each product. */
export const aBooking = (...lines: readonly [product: Pick<Product, 'id'>, quantity: number][]): StockBooking => ({
  lines: lines.map(([{ id }, quantity]) => ({ id: newId(), productId: id, quantity })),
  reason: 'Order 4711 placed',
  bookedAt: BOOKED_AT,
  bookedBy: 'customer-9',
});

const booked = (product: Product, delta: number): Product =>
  Product.restore({
    ...product,
    stock: product.stock + delta,
    version: product.version + 1,
    updatedAt: BOOKED_AT,
  });

const byId = (products: readonly Product[]): Product[] => [...products].sort((a, b) => (a.id < b.id ? -1 : 1));

/** What every store does when pieces of several products move at once. */
export function bookingContract(store: () => ProductRepository): void {
  const stocked = async <Shelf extends readonly Product[]>(...shelf: Shelf): Promise<Shelf> => {
    for (const product of shelf) await store().add(product);
    return shelf;
  };
  const kept = async (...shelf: readonly Product[]) => Promise.all(shelf.map(({ id }) => store().find(id)));

  it('takes the pieces of every line, and gives the products as they were, field for field', async () => {
    const [kettle, mug] = await stocked(
      aProduct({ stock: 17, version: 3, price: { amount: 5_490, currency: 'EUR' } }),
      aProduct({ stock: 9, version: 6, price: { amount: 1_490, currency: 'SEK' }, name: 'Mug' }),
    );

    const outcome = await store().reserve(aBooking([mug, 9], [kettle, 2]));

    expect({ ...outcome, products: byId(outcome.products) }).toEqual({ booked: true, products: byId([kettle, mug]) });
    expect(await kept(kettle, mug)).toEqual([booked(kettle, -2), booked(mug, -9)]);
  });

  it('touches no other product', async () => {
    const [kettle, bystander] = await stocked(aProduct(), aProduct());

    await store().reserve(aBooking([kettle, 1]));

    expect(await store().find(bystander.id)).toEqual(bystander);
  });

  it.each<[string, Product]>([
    ['has too few', aProduct({ stock: 1 })],
    ['is a draft', aProduct({ status: 'draft', stock: 17 })],
    ['is discontinued', aProduct({ status: 'discontinued', stock: 17 })],
  ])('takes nothing of any line when one product %s, and gives them all', async (_fault, faulty) => {
    const [kettle, other] = await stocked(aProduct({ stock: 17 }), faulty);

    const outcome = await store().reserve(aBooking([kettle, 2], [other, 2]));

    expect({ ...outcome, products: byId(outcome.products) }).toEqual({
      booked: false,
      products: byId([kettle, other]),
    });
    expect(await kept(kettle, other)).toEqual([kettle, other]);
  });

  it.each(['reserve', 'giveBack'] as const)('%s moves nothing when one product is absent', async (method) => {
    const [kettle] = await stocked(aProduct({ stock: 17 }));

    const outcome = await store()[method](aBooking([kettle, 2], [{ id: newId() }, 2]));

    expect(outcome).toEqual({ booked: false, products: [kettle] });
    expect(await store().find(kettle.id)).toEqual(kettle);
  });

  it('counts what is taken as sold, and what is given back as not', async () => {
    const [one, other] = await stocked(aProduct({ name: 'one', stock: 50 }), aProduct({ name: 'other', stock: 50 }));
    const best = async (): Promise<string[]> =>
      (await store().bestsellers('coffee-and-tea', 2)).map(({ name }) => name);

    await store().reserve(aBooking([one, 7], [other, 6]));
    expect(await best()).toEqual(['one', 'other']);
    await store().giveBack(aBooking([one, 2]));
    expect(await best()).toEqual(['other', 'one']);
    await store().addUnitsSold([{ productId: one.id, units: 2 }]);
    expect(await best()).toEqual(['one', 'other']);
  });

  it('puts pieces back, onto whatever is there, and gives the products as they were', async () => {
    const shelf = await stocked(
      aProduct({ stock: 0 }),
      aProduct({ status: 'draft', stock: 3 }),
      aProduct({ status: 'discontinued', stock: STOCK_MAX - 5 }),
    );

    const outcome = await store().giveBack(aBooking([shelf[0], 1], [shelf[1], 4], [shelf[2], 5]));

    expect({ ...outcome, products: byId(outcome.products) }).toEqual({ booked: true, products: byId(shelf) });
    expect(await kept(...shelf)).toEqual([booked(shelf[0], 1), booked(shelf[1], 4), booked(shelf[2], 5)]);
  });

  it('puts nothing back when one product would have more than the limit', async () => {
    const [full, kettle] = await stocked(aProduct({ stock: STOCK_MAX - 1 }), aProduct({ stock: 17 }));

    expect(await store().giveBack(aBooking([kettle, 2], [full, 2]))).toMatchObject({ booked: false });

    expect(await kept(full, kettle)).toEqual([full, kettle]);
  });

  it('sells no piece twice, however many reach for the last ones', async () => {
    const [kettle, mug] = await stocked(aProduct({ stock: 10, version: 1 }), aProduct({ stock: 100, version: 1 }));

    const outcomes = await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        store().reserve(n % 2 === 0 ? aBooking([kettle, 1], [mug, 2]) : aBooking([mug, 2], [kettle, 1])),
      ),
    );

    expect(outcomes.filter((outcome) => outcome.booked)).toHaveLength(10);
    expect(await store().find(kettle.id)).toMatchObject({ stock: 0, version: 11 });
    expect(await store().find(mug.id)).toMatchObject({ stock: 80, version: 11 });
  });
}
