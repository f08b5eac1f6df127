import { Logger } from '@nestjs/common';
import { Consumes, EventConsumer, readEventData, type CloudEvent } from '#platform/messaging';
import { ForgetPurchase } from '../../application/forget-purchase.js';
import { RecordPurchase } from '../../application/record-purchase.js';
import { CONSUMER } from './consumer-name.js';
import { OrderCancelledData } from './order-cancelled.data.js';
import { OrderPlacedData } from './order-placed.data.js';

/** An order is a purchase of the same id. Which of its events comes first, and how often, makes no difference. */
@EventConsumer(CONSUMER)
export class OrderEventsConsumer {
  private readonly logger = new Logger(OrderEventsConsumer.name);

  constructor(
    private readonly recordPurchase: RecordPurchase,
    private readonly forgetPurchase: ForgetPurchase,
  ) {}

  /** @throws EventUnreadable */
  @Consumes('orders.order-placed', 1)
  async placed(event: CloudEvent): Promise<void> {
    const { orderId, lines } = readEventData(OrderPlacedData, event);
    await this.recordPurchase.execute(
      orderId.toLowerCase(),
      lines.map(({ productId }) => productId.toLowerCase()),
    );
  }

  /** @throws EventUnreadable */
  @Consumes('orders.order-cancelled', 1)
  async cancelled(event: CloudEvent): Promise<void> {
    const { orderId } = readEventData(OrderCancelledData, event);
    const forgetting = await this.forgetPurchase.execute(orderId.toLowerCase());
    if (forgetting === 'kept') {
      this.logger.warn(`Order ${orderId} is cancelled, and stays counted: what it held was not remembered then.`);
    }
  }
}
