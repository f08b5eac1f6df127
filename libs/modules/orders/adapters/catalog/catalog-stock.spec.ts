import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { StockExhausted } from '#modules/catalog';
import { OutOfStock, ProductsNotForSale, StockNotTakenBack } from '../../domain/order.errors.js';
import { OrdersService } from '../../testing/orders.service.js';

const PURPOSE = { orderId: newId(), customerId: 'customer-9' };

let service: OrdersService;
beforeAll(async () => {
  service = await OrdersService.started();
});
afterAll(() => service.close());

describe('CatalogStock', () => {
  it('takes pieces out of the catalog, at its prices, and puts them back', async () => {
    const [kettle, mug] = [
      await service.onSale({ stock: 5 }),
      await service.onSale({ stock: 9, price: { amount: 1_490, currency: 'SEK' } }),
    ];
    const wanted = [
      { productId: mug, quantity: 4 },
      { productId: kettle, quantity: 2 },
    ];

    const lines = await service.stock.reserve(wanted, PURPOSE);

    expect(lines).toEqual([
      { productId: mug, quantity: 4, unitPrice: { amount: 1_490, currency: 'SEK' } },
      { productId: kettle, quantity: 2, unitPrice: { amount: 5_490, currency: 'EUR' } },
    ]);
    expect([await service.stockOf(mug), await service.stockOf(kettle)]).toEqual([5, 3]);
    await service.stock.giveBack(lines, PURPOSE);
    expect([await service.stockOf(mug), await service.stockOf(kettle)]).toEqual([9, 5]);
  });

  it('says in words of the orders which lines are short, and keeps the cause', async () => {
    const kettle = await service.onSale({ stock: 2 });

    const attempt = service.stock.reserve([{ productId: kettle, quantity: 3 }], PURPOSE);

    const shortage = [{ productId: kettle, requested: 3, available: 2 }];
    await expect(attempt).rejects.toEqual(new OutOfStock(shortage, { cause: new StockExhausted(shortage) }));
  });

  it('says in words of the orders what is not for sale', async () => {
    const [draft, absent] = [await service.aDraft(), newId()];
    const wanted = [draft, absent].map((productId) => ({ productId, quantity: 1 }));

    const attempt = service.stock.reserve(wanted, PURPOSE);

    await expect(attempt).rejects.toBeInstanceOf(ProductsNotForSale);
    await expect(attempt).rejects.toMatchObject({ productIds: [draft, absent] });
  });

  it('says in words of the orders that there is no room', async () => {
    const full = await service.onSale({ stock: 1_000_000 });

    const attempt = service.stock.giveBack([{ productId: full, quantity: 1 }], PURPOSE);

    await expect(attempt).rejects.toBeInstanceOf(StockNotTakenBack);
  });
});
