import { IntegerField, TextField } from '#platform/http';
import { REASON_LENGTH_MAX, STOCK_MAX } from '../../domain/product.state.js';

export class AdjustStockRequest {
  @IntegerField({
    min: -STOCK_MAX,
    max: STOCK_MAX,
    notZero: true,
    example: -2,
    description: 'Pieces that arrive, or that leave when negative.',
  })
  delta!: number;

  @TextField({
    minLength: 1,
    maxLength: REASON_LENGTH_MAX,
    example: 'Broken in the warehouse',
    description: 'For the books.',
  })
  reason!: string;
}
