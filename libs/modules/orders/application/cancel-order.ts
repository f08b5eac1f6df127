import type { Caller } from '#kernel/caller';
import { Clock } from '#kernel/clock';
import { UnitOfWork } from '#kernel/unit-of-work';
import { UseCase } from '#kernel/use-case';
import { OrderNotFound } from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';
import type { OrderId } from '../domain/order.state.js';
import { OrderRepository } from './ports/order.repository.js';
import { Stock } from './ports/stock.js';

/** Ends an order, and puts its pieces back: once, however often it is asked for. */
@UseCase()
export class CancelOrder {
  constructor(
    private readonly orders: OrderRepository,
    private readonly stock: Stock,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives the order as it is afterwards; one that was cancelled before, as it was.
   * @throws OrderNotFound, for another's order as well
   * @throws StockNotTakenBack
   */
  execute(id: OrderId, customer: Caller['id']): Promise<Order> {
    return this.unitOfWork.run(() => this.cancel(id, customer), { repeatable: true });
  }

  /** The order is locked before anything is decided: of two that cancel it at once, the second finds it cancelled. */
  private async cancel(id: OrderId, customerId: Caller['id']): Promise<Order> {
    const order = await this.orders.findForChange(id, customerId);
    if (!order) throw new OrderNotFound(id);
    if (order.status === 'cancelled') return order;

    const cancelled = order.cancel(this.clock.now());
    await this.orders.save(cancelled);
    await this.stock.giveBack(cancelled.lines, { orderId: id, customerId });
    this.unitOfWork.record(cancelled.events);
    return cancelled;
  }
}
