import type { Caller } from '#kernel/caller';
import { Clock } from '#kernel/clock';
import { newId } from '#kernel/id';
import { UnitOfWork } from '#kernel/unit-of-work';
import { UseCase } from '#kernel/use-case';
import { checkWanted, Order } from '../domain/order.js';
import type { WantedLine } from '../domain/order.state.js';
import { OrderRepository } from './ports/order.repository.js';
import { Stock } from './ports/stock.js';

/** Sells: the pieces, the order and what is told of it are there together, or not at all. */
@UseCase()
export class PlaceOrder {
  constructor(
    private readonly orders: OrderRepository,
    private readonly stock: Stock,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param customer who buys: the order is theirs alone
   * @throws ProductsNotForSale, OutOfStock, MixedCurrencies, OrderTotalTooLarge
   * @throws RangeError for lines that no edge lets in ({@link checkWanted})
   */
  async execute(wanted: readonly WantedLine[], customer: Caller['id']): Promise<Order> {
    checkWanted(wanted);
    return this.unitOfWork.run(() => this.place(wanted, customer), { repeatable: true });
  }

  /** Prices are known once the pieces are reserved: an order that they rule out gives them back by failing. */
  private async place(wanted: readonly WantedLine[], customerId: Caller['id']): Promise<Order> {
    const id = newId();
    const lines = await this.stock.reserve(wanted, { orderId: id, customerId });
    const order = Order.place({ id, customerId, lines }, this.clock.now());
    await this.orders.add(order);
    this.unitOfWork.record(order.events);
    return order;
  }
}
