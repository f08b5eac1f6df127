import { IsUUID } from '#platform/validation';

/** What is read of `orders.order-cancelled.v1`. */
export class OrderCancelledData {
  @IsUUID()
  readonly orderId!: string;
}
