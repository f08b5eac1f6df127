import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, IsUUID, ValidateNested } from '#platform/validation';
import { PURCHASE_PRODUCTS_MAX } from '../../domain/purchase.js';

class OrderLineData {
  @IsUUID()
  readonly productId!: string;
}

/** What is read of `orders.order-placed.v1`: who bought it, when and for how much teaches nothing here. */
export class OrderPlacedData {
  @IsUUID()
  readonly orderId!: string;

  /** An order has no more lines than a purchase has products. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(PURCHASE_PRODUCTS_MAX)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OrderLineData)
  readonly lines!: OrderLineData[];
}
