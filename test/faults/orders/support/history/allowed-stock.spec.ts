import { describe, expect, it } from '@jest/globals';
import type { TillAnswer } from '../till.js';
import { allowedStock } from './allowed-stock.js';
import { fateOf, type Adjusting, type Placing, type Try } from './entry.js';

const answer = (status: number, code?: string, retryAfter?: string): TillAnswer => ({
  status,
  retryAfter,
  location: undefined,
  etag: undefined,
  contentType: undefined,
  text: JSON.stringify({ code }),
});
const broken = null;
const refused = answer(409, 'orders.out-of-stock');
const lost = answer(409, 'platform.database-conflict', '1');
const inUse = answer(409, 'platform.idempotency-key-in-use', '1');

const placing = (tries: readonly Try[], cancelling: readonly Try[] = []): Placing => {
  const purchase = { sub: 'ada', key: 'k', lines: [{ productId: 'kettle', quantity: 3 }] };
  return { kind: 'place', purchase, tries, cancelling, readBack: [] };
};
const adjusting = (delta: number, tries: readonly Try[]): Adjusting => {
  return { kind: 'adjust', adjustment: { productId: 'kettle', key: 'k', delta, reason: 'Counted' }, tries };
};

describe('what a client knows of its request', () => {
  it.each([
    ['done', [broken, inUse, answer(201)]],
    ['refused', [broken, refused]],
    ['unknown', [lost, answer(503)]],
    ['unknown', [broken, inUse]],
    ['undone', [lost, lost]],
  ] as const)('is that it is %s', (fate, tries) => {
    expect(fateOf(tries)).toBe(fate);
  });

  it.each([500, 401, 404])('is no more than that the store failed it, after a %d', (status) => {
    expect(() => fateOf([answer(status)])).toThrow(String(status));
  });
});

describe('the stock that a history allows', () => {
  it.each([
    ['an order', placing([answer(201)]), { min: 14, max: 14 }],
    ['an order that was cancelled', placing([answer(201)], [answer(200)]), { min: 17, max: 17 }],
    ['an order that may have been cancelled', placing([answer(201)], [broken]), { min: 14, max: 17 }],
    ['an order that may be there', placing([broken]), { min: 14, max: 17 }],
    ['an order that was refused', placing([refused]), { min: 17, max: 17 }],
    ['pieces that may have come', adjusting(4, [broken]), { min: 17, max: 21 }],
    ['pieces that may have gone', adjusting(-4, [answer(503)]), { min: 13, max: 17 }],
    ['pieces that came', adjusting(4, [answer(200)]), { min: 21, max: 21 }],
  ])('follows from %s', (_what, entry, range) => {
    expect(allowedStock('kettle', 17, [entry])).toEqual(range);
    expect(allowedStock('mug', 17, [entry])).toEqual({ min: 17, max: 17 });
  });
});
