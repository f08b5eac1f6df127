import { describe, expect, it } from '@jest/globals';
import { AMOUNT_MAX, isMoney, money } from './money.js';

describe('money', () => {
  it.each([0, 1, AMOUNT_MAX])('is an amount of %d minor units in a currency', (amount) => {
    expect(money(amount, 'EUR')).toEqual({ amount, currency: 'EUR' });
  });

  it.each([-1, 0.5, AMOUNT_MAX + 1, Number.NaN])('is never %d', (amount) => {
    expect(() => money(amount, 'EUR')).toThrow(RangeError);
  });

  it.each(['', 'eur', 'EURO', '€'])('has no currency %j', (currency) => {
    expect(() => money(1, currency)).toThrow(RangeError);
  });
});

describe('what was kept as JSON', () => {
  it('is money when it is an amount in a currency', () => {
    expect(isMoney({ amount: 1200, currency: 'EUR' })).toBe(true);
  });

  it.each([
    null,
    undefined,
    7,
    'EUR',
    {},
    { amount: 1 },
    { amount: 0.5, currency: 'EUR' },
    { amount: '1', currency: 'EUR' },
    { amount: 1, currency: 'eur' },
  ])('is none when it is %j', (kept) => {
    expect(isMoney(kept)).toBe(false);
  });
});
