import { describe, expect, it } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { newId } from '#kernel/id';
import type { UnitOfWork } from '#kernel/unit-of-work';
import { aUnitOfWork } from '#platform/testing';
import { InMemoryProductRepository } from '../adapters/memory/in-memory-product.repository.js';
import { PriceRequired, ProductChanged, ProductDiscontinued, ProductNotFound } from '../domain/product.errors.js';
import type { Product } from '../domain/product.js';
import type { ProductId, ProductState } from '../domain/product.state.js';
import { FixedClock } from '../testing/fixed-clock.js';
import { aProduct } from '../testing/product.builder.js';
import { ActivateProduct } from './activate-product.js';
import { ChangeProduct } from './change-product.js';
import { DiscontinueProduct } from './discontinue-product.js';
import type { ExpectedVersion } from './expected-version.js';
import type { ProductRepository } from './ports/product.repository.js';

const NOW = new Date('2026-05-06T07:08:09.123Z');
const CLOCK = new FixedClock(NOW);

type ExecuteIn = (
  products: ProductRepository,
  id: ProductId,
  expected: ExpectedVersion,
  unitOfWork: UnitOfWork,
) => Promise<Product>;

/** The use cases that change a product which the caller has seen, and what each makes of a draft at version 3. */
const USE_CASES: [name: string, execute: ExecuteIn, made: Partial<ProductState>][] = [
  [
    'ChangeProduct',
    (products, id, expected, unitOfWork) =>
      new ChangeProduct(products, unitOfWork, CLOCK).execute(id, expected, { name: 'New name' }),
    { name: 'New name' },
  ],
  [
    'ActivateProduct',
    (products, id, expected, unitOfWork) => new ActivateProduct(products, unitOfWork, CLOCK).execute(id, expected),
    { status: 'active' },
  ],
  [
    'DiscontinueProduct',
    (products, id, expected, unitOfWork) => new DiscontinueProduct(products, unitOfWork, CLOCK).execute(id, expected),
    { status: 'discontinued' },
  ],
];

/** A store in which somebody else is quicker, a number of times: the product that is read changes before it is saved. */
class BusyRepository extends InMemoryProductRepository {
  quicker = Infinity;
  /** Whoever is quicker takes no part in the unit of work that is under way. */
  private readonly elsewhere = AsyncLocalStorage.snapshot();

  override async find(id: ProductId): Promise<Product | null> {
    const product = await super.find(id);
    if (product && --this.quicker >= 0) {
      await this.elsewhere(() => super.save(product.change({ name: 'Quicker' }, NOW), product.version));
    }
    return product;
  }
}

describe.each(USE_CASES)('%s', (_name, executeIn, made) => {
  const execute = (products: ProductRepository, id: ProductId, expected: ExpectedVersion): Promise<Product> =>
    executeIn(products, id, expected, aUnitOfWork().unitOfWork);
  const draft = aProduct({ status: 'draft', version: 3 });

  it.each<[string, ExpectedVersion]>([
    ['the version that the caller saw', { versions: [3] }],
    ['one of the versions that the caller names', { versions: [2, 3] }],
    ['any version', 'any'],
  ])('keeps the change, and gives the product, at %s', async (_expectation, expected) => {
    const products = InMemoryProductRepository.holding(draft);

    const product = await execute(products, draft.id, expected);

    expect(product).toEqual(aProduct({ ...draft, ...made, version: 4, updatedAt: NOW }));
    expect(await products.find(draft.id)).toEqual(product);
  });

  it.each<[string, ExpectedVersion]>([
    ['another version', { versions: [2] }],
    ['no version of ours', { versions: [] }],
  ])('refuses a caller that has seen %s, and changes nothing', async (_expectation, expected) => {
    const products = InMemoryProductRepository.holding(draft);

    await expect(execute(products, draft.id, expected)).rejects.toEqual(new ProductChanged(draft.id, 3));

    expect(await products.find(draft.id)).toEqual(draft);
  });

  it('refuses when somebody else is quicker, between the read and the save', async () => {
    const products = new BusyRepository();
    await products.add(draft);

    await expect(execute(products, draft.id, { versions: [3] })).rejects.toEqual(new ProductChanged(draft.id, 4));
  });

  it('tries again for who takes any version, and is put behind the quicker one', async () => {
    const products = new BusyRepository();
    products.quicker = 3;
    await products.add(draft);

    expect(await execute(products, draft.id, 'any')).toMatchObject({ ...made, version: 7 });
  });

  it('gives up behind a crowd', async () => {
    const products = new BusyRepository();
    await products.add(draft);

    await expect(execute(products, draft.id, 'any')).rejects.toBeInstanceOf(ProductChanged);
  });

  it('tells of the change, once, with the version and the status that it led to', async () => {
    const products = new BusyRepository();
    products.quicker = 1;
    await products.add(draft);
    const { unitOfWork, outbox } = aUnitOfWork();

    const { status } = await executeIn(products, draft.id, 'any', unitOfWork);

    expect(outbox.events).toEqual([
      {
        id: expect.any(String),
        type: 'catalog.product-changed.v1',
        subject: draft.id,
        occurredAt: NOW,
        data: { productId: draft.id, version: 5, status },
      },
    ]);
  });

  it('tells nothing of a change that was refused', async () => {
    const { unitOfWork, outbox } = aUnitOfWork();

    await executeIn(InMemoryProductRepository.holding(draft), draft.id, { versions: [2] }, unitOfWork).catch(
      () => null,
    );

    expect(outbox.events).toEqual([]);
  });

  it('refuses a product that does not exist', async () => {
    const attempt = execute(new InMemoryProductRepository(), newId(), 'any');

    await expect(attempt).rejects.toBeInstanceOf(ProductNotFound);
  });

  it('refuses a discontinued product', async () => {
    const products = InMemoryProductRepository.holding(aProduct({ ...draft, status: 'discontinued' }));

    await expect(execute(products, draft.id, 'any')).rejects.toBeInstanceOf(ProductDiscontinued);
  });
});

describe('ActivateProduct', () => {
  it('keeps nothing of an activation that the product refuses', async () => {
    const free = aProduct({ status: 'draft', price: { amount: 0, currency: 'EUR' } });
    const products = InMemoryProductRepository.holding(free);

    const attempt = new ActivateProduct(products, aUnitOfWork().unitOfWork, CLOCK).execute(free.id, 'any');

    await expect(attempt).rejects.toBeInstanceOf(PriceRequired);
    expect(await products.find(free.id)).toEqual(free);
  });
});
