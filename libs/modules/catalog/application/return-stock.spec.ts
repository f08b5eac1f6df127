import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { aUnitOfWork } from '#platform/testing';
import { InMemoryProductRepository } from '../adapters/memory/in-memory-product.repository.js';
import { StockLimitExceeded } from '../domain/product.errors.js';
import { STOCK_MAX } from '../domain/product.state.js';
import { FixedClock } from '../testing/fixed-clock.js';
import { aProduct } from '../testing/product.builder.js';
import { ReturnStock } from './return-stock.js';

const PURPOSE = { reference: 'Order 4711 cancelled', by: 'customer-9' };
const returnStockIn = (products: InMemoryProductRepository) =>
  new ReturnStock(products, aUnitOfWork().unitOfWork, new FixedClock(new Date('2026-05-06T07:08:09.123Z')));

const of = ({ id }: { id: string }, quantity: number) => ({ productId: id, quantity });

describe('ReturnStock', () => {
  it('puts pieces back, onto a discontinued product as well', async () => {
    const [kettle, gone] = [aProduct({ stock: 0 }), aProduct({ status: 'discontinued', stock: 4 })];
    const products = InMemoryProductRepository.holding(kettle, gone);

    await returnStockIn(products).execute([of(gone, 2), of(kettle, 3)], PURPOSE);

    expect(await products.find(kettle.id)).toMatchObject({ stock: 3 });
    expect(await products.find(gone.id)).toMatchObject({ stock: 6, status: 'discontinued' });
  });

  it('says which product would have too many, and changes nothing', async () => {
    const [kettle, full] = [aProduct({ stock: 1 }), aProduct({ stock: STOCK_MAX })];
    const products = InMemoryProductRepository.holding(kettle, full);

    const attempt = returnStockIn(products).execute([of(kettle, 1), of(full, 1)], PURPOSE);

    await expect(attempt).rejects.toEqual(new StockLimitExceeded(full.id));
    expect(await products.find(kettle.id)).toEqual(kettle);
  });

  it('has nowhere to put pieces of a product that there is not', async () => {
    const attempt = returnStockIn(new InMemoryProductRepository()).execute([of({ id: newId() }, 1)], PURPOSE);

    await expect(attempt).rejects.toThrow('there are not');
  });
});
