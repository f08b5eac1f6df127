import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { aUnitOfWork } from '#platform/testing';
import { InMemoryProductRepository } from '../adapters/memory/in-memory-product.repository.js';
import { ProductsNotForSale, StockExhausted } from '../domain/stock.errors.js';
import { FixedClock } from '../testing/fixed-clock.js';
import { aProduct } from '../testing/product.builder.js';
import { STOCK_LINES_MAX } from './booked-lines.js';
import type { BookingOutcome, StockBooking } from './ports/stock.booking.js';
import { ReserveStock } from './reserve-stock.js';

const NOW = new Date('2026-05-06T07:08:09.123Z');
const PURPOSE = { reference: 'Order 4711 placed', by: 'customer-9' };

class RememberingRepository extends InMemoryProductRepository {
  readonly bookings: StockBooking[] = [];

  override reserve(booking: StockBooking): Promise<BookingOutcome> {
    this.bookings.push(booking);
    return super.reserve(booking);
  }
}

function aShop() {
  const kettle = aProduct({ stock: 17, price: { amount: 5_490, currency: 'EUR' } });
  const mug = aProduct({ stock: 9, price: { amount: 1_490, currency: 'EUR' } });
  const draft = aProduct({ status: 'draft' });
  const gone = aProduct({ status: 'discontinued' });
  const products = new RememberingRepository();
  for (const product of [kettle, mug, draft, gone]) void products.add(product);
  const { unitOfWork } = aUnitOfWork();
  return {
    kettle,
    mug,
    draft,
    gone,
    products,
    unitOfWork,
    reserve: new ReserveStock(products, unitOfWork, new FixedClock(NOW)),
  };
}

const of = ({ id }: { id: string }, quantity: number) => ({ productId: id, quantity });

describe('ReserveStock', () => {
  it('takes the pieces, and gives the lines in their order with the prices of now', async () => {
    const { kettle, mug, products, reserve } = aShop();

    expect(await reserve.execute([of(mug, 2), of(kettle, 3)], PURPOSE)).toEqual([
      { productId: mug.id, quantity: 2, unitPrice: { amount: 1_490, currency: 'EUR' } },
      { productId: kettle.id, quantity: 3, unitPrice: { amount: 5_490, currency: 'EUR' } },
    ]);
    expect(await products.find(mug.id)).toMatchObject({ stock: 7 });
    expect(await products.find(kettle.id)).toMatchObject({ stock: 14 });
  });

  it('tells the store what is taken, why, when, and by whom', async () => {
    const { kettle, products, reserve } = aShop();

    await reserve.execute([of(kettle, 3)], PURPOSE);

    expect(products.bookings).toEqual([
      {
        lines: [{ id: expect.any(String), productId: kettle.id, quantity: 3 }],
        reason: 'Order 4711 placed',
        bookedAt: NOW,
        bookedBy: 'customer-9',
      },
    ]);
  });

  it('names every line that is short, with what there is, and takes nothing', async () => {
    const { kettle, mug, products, reserve } = aShop();
    const plenty = aProduct({ stock: 500 });
    await products.add(plenty);

    const attempt = reserve.execute([of(mug, 10), of(plenty, 2), of(kettle, 18)], PURPOSE);

    await expect(attempt).rejects.toEqual(
      new StockExhausted([
        { productId: mug.id, requested: 10, available: 9 },
        { productId: kettle.id, requested: 18, available: 17 },
      ]),
    );
    expect(await products.find(plenty.id)).toEqual(plenty);
  });

  it('names every product that is not for sale, before it speaks of stock', async () => {
    const { kettle, draft, gone, products, reserve } = aShop();
    const absent = newId();

    const attempt = reserve.execute([of(kettle, 18), of(draft, 1), of({ id: absent }, 1), of(gone, 1)], PURPOSE);

    await expect(attempt).rejects.toEqual(new ProductsNotForSale([draft.id, absent, gone.id]));
    expect(await products.find(kettle.id)).toEqual(kettle);
  });

  it('is undone with the unit of work that it is a part of', async () => {
    const { kettle, products, unitOfWork, reserve } = aShop();

    const attempt = unitOfWork.run(async () => {
      await reserve.execute([of(kettle, 3)], PURPOSE);
      throw new Error('no');
    });

    await expect(attempt).rejects.toThrow('no');
    expect(await products.find(kettle.id)).toEqual(kettle);
  });

  it.each([
    ['no line', []],
    ['too many lines', Array.from({ length: STOCK_LINES_MAX + 1 }, () => of({ id: newId() }, 1))],
    ['a product twice', Array.from({ length: 2 }, () => of({ id: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7' }, 1))],
    ['no piece', [of({ id: newId() }, 0)]],
    ['half a piece', [of({ id: newId() }, 0.5)]],
    ['more pieces than any stock holds', [of({ id: newId() }, 1_000_001)]],
  ])('refuses %s', async (_fault, lines) => {
    await expect(aShop().reserve.execute(lines, PURPOSE)).rejects.toBeInstanceOf(RangeError);
  });

  it('refuses a reference that is too long for the book', async () => {
    const { kettle, reserve } = aShop();

    const attempt = reserve.execute([of(kettle, 1)], { ...PURPOSE, reference: 'x'.repeat(201) });

    await expect(attempt).rejects.toBeInstanceOf(RangeError);
  });
});
