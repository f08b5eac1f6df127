import { describe, expect, it } from '@jest/globals';
import { OperatorRefusal } from './operator-refusal.js';
import { outboxRequestOf } from './outbox-request.js';

const ID = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';

describe("the operator's words", () => {
  it.each([
    ['list', { do: 'list', listing: { limit: 50 } }],
    [
      'list --condition parked --type orders.order-placed --since 2026-01-01 --limit 7',
      {
        do: 'list',
        listing: { condition: 'parked', type: 'orders.order-placed', since: new Date('2026-01-01'), limit: 7 },
      },
    ],
    [`replay ${ID}`, { do: 'replay', events: [{ consumer: null, id: ID }] }],
    [`replay recommendations/${ID}`, { do: 'replay', events: [{ consumer: 'recommendations', id: ID }] }],
    ['replay --parked', { do: 'replay-parked' }],
    [
      'replay --sent --type orders.order-placed.v1',
      { do: 'replay-sent', selection: { type: 'orders.order-placed.v1' } },
    ],
    [
      'replay --sent --type orders --since 2026-01-01 --until 2026-02-01',
      {
        do: 'replay-sent',
        selection: { type: 'orders', since: new Date('2026-01-01'), until: new Date('2026-02-01') },
      },
    ],
    [`drop ${ID}`, { do: 'drop', events: [{ consumer: null, id: ID }] }],
  ])('%s', (words, request) => {
    expect(outboxRequestOf(words.split(' '))).toEqual(request);
  });

  it.each([
    ['', /nothing is asked for/],
    ['burn', /there is no "burn"/],
    ['list --condition lost', /no condition "lost"/],
    ['list --limit 0', /--limit is 1 to 1000/],
    ['list --limit many', /--limit is 1 to 1000/],
    ['list --since soon', /--since is no time/],
    ['list --until late', /--until is no time/],
    [`list ${ID}`, /list takes no ids/],
    ['replay', /1 to 100 ids/],
    ['replay 7', /"7" is no id/],
    ['replay --sent', /--sent needs --type/],
    ['drop', /1 to 100 ids/],
    ['list --colour red', /Unknown option/],
  ])('"%s" is refused, with the way out', (words, reason) => {
    const attempt = () => outboxRequestOf(words.split(' ').filter(Boolean));
    expect(attempt).toThrow(OperatorRefusal);
    expect(attempt).toThrow(reason);
    expect(attempt).toThrow(/usage:/);
  });
});
