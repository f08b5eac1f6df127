import type { DomainEvent } from '#kernel/domain-event';
import { newId } from '#kernel/id';
import type { ProductId, ProductState, ProductStatus } from './product.state.js';

/**
 * What is said about a product has changed, or its place in its life: it was created, changed, activated or
 * discontinued. Movements of stock are not told: a product that sells well has hundreds an hour, and whoever needs the
 * stock needs it as of now. So versions may be missing between two of these; they never fall.
 */
export type ProductChangedEvent = DomainEvent<{
  readonly productId: ProductId;
  /** The product's version after the change. */
  readonly version: number;
  readonly status: ProductStatus;
}>;

export const PRODUCT_CHANGED = 'catalog.product-changed.v1';

export const productChanged = ({ id, version, status, updatedAt }: ProductState): ProductChangedEvent => ({
  id: newId(),
  type: PRODUCT_CHANGED,
  subject: id,
  occurredAt: updatedAt,
  data: { productId: id, version, status },
});
