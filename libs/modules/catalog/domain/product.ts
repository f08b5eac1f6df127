import type { DomainEvent } from '#kernel/domain-event';
import { money, type Money } from '#kernel/money';
import {
  InsufficientStock,
  PriceRequired,
  ProductAlreadyActive,
  ProductDiscontinued,
  StockLimitExceeded,
} from './product.errors.js';
import { productChanged } from './product.events.js';
import {
  STOCK_MAX,
  type ProductChanges,
  type ProductDraft,
  type ProductId,
  type ProductState,
  type ProductStatus,
} from './product.state.js';

/**
 * Something that the shop sells, or will, or has sold. It never changes in place: each verb answers the product as it
 * is afterwards, one version on, so that whoever saves still holds the version that was read.
 */
export class Product implements ProductState {
  readonly id: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  readonly stock: number;
  readonly status: ProductStatus;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Out of sight of comparisons and copies: what has happened to a product is no part of what it is. */
  readonly #events: readonly DomainEvent[];

  private constructor(state: ProductState, events: readonly DomainEvent[]) {
    this.id = state.id;
    this.sku = state.sku;
    this.name = state.name;
    this.description = state.description;
    this.category = state.category;
    this.price = state.price;
    this.stock = state.stock;
    this.status = state.status;
    this.version = state.version;
    this.createdAt = state.createdAt;
    this.updatedAt = state.updatedAt;
    this.#events = events;
  }

  /**
   * A new product, not on sale yet.
   * @throws StockLimitExceeded above {@link STOCK_MAX}
   */
  static draft(draft: ProductDraft, now: Date): Product {
    const price = money(draft.price.amount, draft.price.currency);
    const stock = stockAfter({ id: draft.id, stock: 0 }, draft.stock);
    const state = { ...draft, price, stock, status: 'draft', version: 1, createdAt: now, updatedAt: now } as const;
    return new Product(state, [productChanged(state)]);
  }

  /** A product as a store has kept it: its invariants held when it was saved. */
  static restore(state: ProductState): Product {
    return new Product(state, []);
  }

  /** What has happened to it since it was read, or made, in order: for the unit of work that keeps it. */
  get events(): readonly DomainEvent[] {
    return this.#events;
  }

  /** @throws ProductDiscontinued, PriceRequired when an active product would lose its price */
  change(changes: ProductChanges, now: Date): Product {
    this.refuseWhenDiscontinued();
    const price = changes.price ? money(changes.price.amount, changes.price.currency) : this.price;
    if (this.status === 'active') this.require(price);
    return this.told(now, {
      name: changes.name ?? this.name,
      description: changes.description ?? this.description,
      category: changes.category ?? this.category,
      price,
    });
  }

  /**
   * Puts a draft on sale.
   * @throws ProductDiscontinued, ProductAlreadyActive, PriceRequired
   */
  activate(now: Date): Product {
    this.refuseWhenDiscontinued();
    if (this.status === 'active') throw new ProductAlreadyActive(this.id);
    this.require(this.price);
    return this.told(now, { status: 'active' });
  }

  /**
   * Takes the product out of the shop for good; a draft may go without ever having been sold.
   * @throws ProductDiscontinued when it has been discontinued before
   */
  discontinue(now: Date): Product {
    this.refuseWhenDiscontinued();
    return this.told(now, { status: 'discontinued' });
  }

  /**
   * Adds pieces, or takes them away with a negative delta.
   * @throws ProductDiscontinued, InsufficientStock, StockLimitExceeded
   */
  adjustStock(delta: number, now: Date): Product {
    this.refuseWhenDiscontinued();
    return new Product(this.next(now, { stock: stockAfter(this, delta) }), this.#events);
  }

  private refuseWhenDiscontinued(): void {
    if (this.status === 'discontinued') throw new ProductDiscontinued(this.id);
  }

  private require(price: Money): void {
    if (price.amount === 0) throw new PriceRequired(this.id);
  }

  /** The product after a change that others hear of. */
  private told(now: Date, changed: Partial<ProductState>): Product {
    const state = this.next(now, changed);
    return new Product(state, [...this.#events, productChanged(state)]);
  }

  private next(now: Date, changed: Partial<ProductState>): ProductState {
    return { ...this, ...changed, version: this.version + 1, updatedAt: now };
  }
}

function stockAfter(product: { id: ProductId; stock: number }, delta: number): number {
  if (!Number.isInteger(delta)) throw new RangeError(`Stock is counted in whole pieces, not ${delta}.`);
  const stock = product.stock + delta;
  if (stock < 0) throw new InsufficientStock(product.id, product.stock);
  if (stock > STOCK_MAX) throw new StockLimitExceeded(product.id);
  return stock;
}
