import { ArrayField, IntegerField, UuidField } from '#platform/http';
import { ORDER_LINES_MAX, QUANTITY_MAX } from '../../domain/order.state.js';

export class OrderLineRequest {
  @UuidField({ example: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7' })
  productId!: string;

  @IntegerField({ min: 1, max: QUANTITY_MAX, example: 2, description: 'Pieces.' })
  quantity!: number;
}

export class PlaceOrderRequest {
  @ArrayField(() => OrderLineRequest, {
    minItems: 1,
    maxItems: ORDER_LINES_MAX,
    uniqueBy: 'productId',
    description: 'Each product at most once.',
  })
  lines!: OrderLineRequest[];
}
