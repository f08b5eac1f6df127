import { stableId } from '#kernel/id';
import type { Money } from '#kernel/money';
import { Order } from '../domain/order.js';
import type { OrderLine } from '../domain/order.state.js';

/** A product as the shop offers it. */
export interface Offer {
  readonly productId: string;
  readonly unitPrice: Money;
}

export const SAMPLE_CUSTOMERS = 12;
/** Twenty-five to a customer: more than a page of them, so that there is something to leaf through. */
export const SAMPLE_ORDERS = 300;

const HOUR_MS = 3_600_000;
/** From the day on which the shop was a year old, one every 23 hours, so that they come at all times of day. */
const FIRST_MS = Date.UTC(2026, 0, 6, 8, 15);
const INTERVAL_MS = 23 * HOUR_MS;
/** One in so many was thought better of, an hour later. */
const CANCELLED_EVERY = 17;
const LINES_MAX = 4;
const QUANTITIES = 3;

/** Their subject, as a token for them has it: `sample-customer-1`. */
export const sampleCustomer = (n: number): string => `sample-customer-${(n % SAMPLE_CUSTOMERS) + 1}`;

/** What the sample customers have ordered so far, the same each time for the same offers; nothing where nothing is. */
export function sampleOrders(offers: readonly Offer[]): Order[] {
  if (offers.length === 0) return [];
  return Array.from({ length: SAMPLE_ORDERS }, (_, n) => {
    const id = stableId(`orders:sample-order-${n}`);
    const placedAtMs = FIRST_MS + n * INTERVAL_MS;
    const order = Order.place({ id, customerId: sampleCustomer(n), lines: linesOf(id, offers) }, new Date(placedAtMs));
    return n % CANCELLED_EVERY === CANCELLED_EVERY - 1 ? order.cancel(new Date(placedAtMs + HOUR_MS)) : order;
  });
}

/** An id is a hash: its digits are as good as chance, and the same on every machine. */
function linesOf(id: string, offers: readonly Offer[]): OrderLine[] {
  const digits = Buffer.from(id.replaceAll('-', ''), 'hex');
  const lines = new Map<string, OrderLine>();
  for (let line = 0; line <= digits.readUInt8(0) % LINES_MAX; line += 1) {
    const offer = offers[digits.readUInt16BE(8 + 2 * line) % offers.length];
    const quantity = 1 + (digits.readUInt8(1 + line) % QUANTITIES);
    if (offer) lines.set(offer.productId, { ...offer, quantity });
  }
  return [...lines.values()];
}
