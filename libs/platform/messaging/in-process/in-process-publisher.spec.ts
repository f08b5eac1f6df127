import { describe, expect, it } from '@jest/globals';
import { DatabaseUnavailable } from '#platform/postgres';
import { EventDelivery, UnknownEventVersion, type DeliveryResult } from '../consuming/event-delivery.js';
import { Subscription } from '../consuming/subscription.js';
import type { Subscriptions } from '../consuming/subscriptions.js';
import { aCloudEvent } from '../testing/event.builder.js';
import { InProcessPublisher } from './in-process-publisher.js';

class ScriptedDelivery extends EventDelivery {
  readonly delivered: string[] = [];

  constructor(private readonly failures: Readonly<Record<string, Error>>) {
    super();
  }

  override deliver({ consumer }: Subscription): Promise<DeliveryResult> {
    const failure = this.failures[consumer];
    if (failure !== undefined) return Promise.reject(failure);
    this.delivered.push(consumer);
    return Promise.resolve('consumed');
  }
}

function aPublisher(failures: Readonly<Record<string, Error>> = {}) {
  const consumers = ['shelves', 'books', 'letters'].map(
    (name) => new Subscription(name, [{ family: 'shop.thing-sold', version: 1, handler: async () => undefined }]),
  );
  const subscriptions = {
    concernedBy: (type: string) => consumers.filter((consumer) => consumer.concerns(type)),
  } as unknown as Subscriptions;
  const delivery = new ScriptedDelivery(failures);
  return { publisher: new InProcessPublisher(subscriptions, delivery), delivery };
}

describe('InProcessPublisher', () => {
  it('gives an event to every consumer that it concerns', async () => {
    const { publisher, delivery } = aPublisher();
    await publisher.publish(aCloudEvent());
    expect(delivery.delivered).toEqual(['shelves', 'books', 'letters']);
  });

  it('is content with an event that concerns nobody', async () => {
    const { publisher, delivery } = aPublisher();
    await publisher.publish(aCloudEvent({ type: 'shop.opened.v1' }));
    expect(delivery.delivered).toEqual([]);
  });

  it('gives it to the others too when one fails, and tells of the failure', async () => {
    const { publisher, delivery } = aPublisher({ shelves: new TypeError('no') });
    await expect(publisher.publish(aCloudEvent())).rejects.toThrow('no');
    expect(delivery.delivered).toEqual(['books', 'letters']);
  });

  it('tells of what passes as it is, where nothing else has failed', async () => {
    const { publisher } = aPublisher({ shelves: new DatabaseUnavailable() });
    await expect(publisher.publish(aCloudEvent())).rejects.toBeInstanceOf(DatabaseUnavailable);
  });

  it.each([
    [
      'an unknown version',
      { shelves: new DatabaseUnavailable(), books: new UnknownEventVersion('books', 't') },
      'UnknownEventVersion',
    ],
    ['a fault', { shelves: new DatabaseUnavailable(), letters: new RangeError('no') }, 'RangeError'],
    [
      'an unknown version',
      { shelves: new RangeError('no'), books: new UnknownEventVersion('books', 't') },
      'UnknownEventVersion',
    ],
  ])('tells of %s before what passes or may yet go well', async (_what, failures, name) => {
    const { publisher } = aPublisher(failures);
    await expect(publisher.publish(aCloudEvent())).rejects.toMatchObject({ name });
  });
});
