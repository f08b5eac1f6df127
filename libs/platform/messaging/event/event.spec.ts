import { describe, expect, it } from '@jest/globals';
import { IsInt, IsString, ValidateNested } from '#platform/validation';
import { Type } from 'class-transformer';
import { aCloudEvent } from '../testing/event.builder.js';
import { EventUnreadable } from './event-unreadable.js';
import { eventTypeOf, moduleOf } from './event-type.js';
import { parseCloudEvent } from './parse-cloud-event.js';
import { readEventData } from './read-event-data.js';

describe('the type of an event', () => {
  it('has a family and a version', () => {
    expect(eventTypeOf('orders.order-placed.v1')).toEqual({ family: 'orders.order-placed', version: 1 });
    expect(eventTypeOf('orders.returns.piece-lost.v12')).toEqual({ family: 'orders.returns.piece-lost', version: 12 });
    expect(moduleOf('orders.order-placed.v1')).toBe('orders');
  });

  it.each(['', 'orders', 'orders.v1', 'orders.order-placed', 'orders.order-placed.v0', 'orders.order-placed.v1.x'])(
    'is not %j',
    (text) => {
      expect(eventTypeOf(text)).toBeNull();
    },
  );

  it.each(['Orders.placed.v1', 'orders.*.v1', 'orders.>.v1', 'orders. placed.v1', `orders.${'a'.repeat(200)}.v1`])(
    'is not %j, which the broker would read in its own way',
    (text) => {
      expect(eventTypeOf(text)).toBeNull();
    },
  );
});

describe('an event from the wire', () => {
  it('is read as it was written', () => {
    const event = aCloudEvent();
    expect(parseCloudEvent(JSON.stringify(event))).toEqual(event);
  });

  it('may have attributes that nobody here knows', () => {
    expect(parseCloudEvent(JSON.stringify({ ...aCloudEvent(), partitionkey: 'x' }))).toMatchObject({
      type: 'shop.thing-sold.v1',
    });
  });

  it('may come without a trace', () => {
    const { traceparent: _, ...event } = aCloudEvent();
    expect(parseCloudEvent(JSON.stringify(event)).traceparent).toBe('');
  });

  it.each([
    ['no JSON', 'it is no JSON'],
    ['[]', 'it is no object'],
    ['null', 'it is no object'],
    [JSON.stringify({ ...aCloudEvent(), specversion: '0.3' }), 'its specversion is not 1.0'],
    [JSON.stringify({ ...aCloudEvent(), id: 7 }), 'id is no text of 1 to 255 characters'],
    [JSON.stringify({ ...aCloudEvent(), id: 'order-7' }), 'id is no UUID'],
    [JSON.stringify({ ...aCloudEvent(), type: '' }), 'type is no text'],
    [JSON.stringify({ ...aCloudEvent(), subject: 'x'.repeat(256) }), 'subject is no text'],
    [JSON.stringify({ ...aCloudEvent(), time: 'soon' }), 'time is no time'],
    [JSON.stringify({ ...aCloudEvent(), data: 'text' }), 'data is no object'],
  ])('is refused when it is %s', (text, reason) => {
    expect(() => parseCloudEvent(text)).toThrow(EventUnreadable);
    expect(() => parseCloudEvent(text)).toThrow(reason);
  });
});

class Price {
  @IsInt()
  amount!: number;
}

class ThingSold {
  @IsString()
  thing!: string;

  @ValidateNested()
  @Type(() => Price)
  price!: Price;
}

describe('the data of an event', () => {
  it('is an instance of its class, without what that does not know', () => {
    const data = readEventData(
      ThingSold,
      aCloudEvent({ data: { thing: 'mug', price: { amount: 990 }, colour: 'red' } }),
    );
    expect(data).toBeInstanceOf(ThingSold);
    expect(data).toEqual({ thing: 'mug', price: { amount: 990 } });
  });

  it('is refused with the names of what is wrong, and none of the values', () => {
    const event = aCloudEvent({ data: { thing: 7, price: { amount: 'hunter2' } } });
    expect(() => readEventData(ThingSold, event)).toThrow(
      new EventUnreadable('wrong in data: thing, price.amount').message,
    );
  });
});
