import { AMOUNT_MAX, money, type Money } from '#kernel/money';
import { MixedCurrencies, OrderTotalTooLarge } from './order.errors.js';
import type { OrderLine } from './order.state.js';

/**
 * What the lines cost together. The sum never leaves what a JavaScript number holds exactly (2^53): it stops at
 * AMOUNT_MAX, 10^12, and no line adds more than a thousand times that.
 * @throws MixedCurrencies, OrderTotalTooLarge
 */
export function totalOf(lines: readonly OrderLine[]): Money {
  const currencies = [...new Set(lines.map(({ unitPrice }) => unitPrice.currency))];
  const [currency] = currencies;
  if (currency === undefined) throw new RangeError('An order without lines has no total.');
  if (currencies.length > 1) throw new MixedCurrencies(currencies);
  const amount = lines.reduce((sum, { quantity, unitPrice }) => {
    const next = sum + quantity * unitPrice.amount;
    if (next > AMOUNT_MAX) throw new OrderTotalTooLarge();
    return next;
  }, 0);
  return money(amount, currency);
}
