/** An amount in its currency's smallest unit (cents for EUR, yen for JPY), never a fraction: floats lose cents. */
export interface Money {
  /** Minor units, 0 to {@link AMOUNT_MAX}. */
  readonly amount: number;
  /** ISO 4217, three capital letters. */
  readonly currency: string;
}

/** Ten thousand million in a currency of two decimals: dearer than any product or order, and exact in a JavaScript number. */
export const AMOUNT_MAX = 1_000_000_000_000;

const CURRENCY = /^[A-Z]{3}$/;

/**
 * Makes an amount of money.
 * @throws RangeError for what no edge lets in: a fraction, an amount out of bounds, a currency that isn't shaped like one
 */
export function money(amount: number, currency: string): Money {
  if (!isAmount(amount)) {
    throw new RangeError(`An amount is a whole number from 0 to ${AMOUNT_MAX}, not ${amount}.`);
  }
  if (!CURRENCY.test(currency)) throw new RangeError('A currency is three capital letters (ISO 4217).');
  return Object.freeze({ amount, currency });
}

const isAmount = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= AMOUNT_MAX;

/** Whether something that was kept as JSON is an amount of money. */
export function isMoney(value: unknown): value is Money {
  const { amount, currency } = (value ?? {}) as Partial<Record<keyof Money, unknown>>;
  return isAmount(amount) && typeof currency === 'string' && CURRENCY.test(currency);
}
