import { describe, expect, it } from '@jest/globals';
import { Injectable, Module, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { CloudEvent } from '../event/cloud-event.js';
import { aCloudEvent } from '../testing/event.builder.js';
import { Consumes, EventConsumer } from './consumes.decorator.js';
import { Subscriptions } from './subscriptions.js';

@EventConsumer('shelves')
class Shelves {
  readonly seen: string[] = [];

  @Consumes('shop.thing-sold', 1)
  @Consumes('shop.thing-sold', 2)
  async sold({ id }: CloudEvent): Promise<void> {
    this.seen.push(`sold ${id}`);
  }

  @Consumes('shop.thing-returned', 1)
  async returned({ id }: CloudEvent): Promise<void> {
    this.seen.push(`returned ${id}`);
  }
}

@Injectable()
class Bystander {}

async function subscriptionsOf(...providers: Type[]) {
  @Module({ providers })
  class Shop {}
  const module = await Test.createTestingModule({
    imports: [DiscoveryModule, Shop],
    providers: [Subscriptions],
  }).compile();
  return { module, subscriptions: module.get(Subscriptions) };
}

describe('consumers of events', () => {
  it('are found where a module provides them, with the families that they hear of', async () => {
    const { subscriptions } = await subscriptionsOf(Shelves, Bystander);
    expect(subscriptions.all.map(({ consumer, families }) => [consumer, families])).toEqual([
      ['shelves', ['shop.thing-sold', 'shop.thing-returned']],
    ]);
  });

  it('are concerned by every version of a family, and have a handler for those that they know', async () => {
    const { subscriptions } = await subscriptionsOf(Shelves);
    const [shelves] = subscriptions.concernedBy('shop.thing-sold.v9');
    expect(shelves?.handlerOf('shop.thing-sold.v2')).not.toBeNull();
    expect(shelves?.handlerOf('shop.thing-sold.v9')).toBeNull();
    expect(subscriptions.concernedBy('shop.opened.v1')).toEqual([]);
    expect(subscriptions.concernedBy('no type')).toEqual([]);
  });

  it('are called on their own instance', async () => {
    const { module, subscriptions } = await subscriptionsOf(Shelves);
    const event = aCloudEvent({ type: 'shop.thing-returned.v1' });
    await subscriptions.all[0]?.handlerOf(event.type)?.(event);
    expect(module.get(Shelves, { strict: false }).seen).toEqual([`returned ${event.id}`]);
  });

  it('have names of their own, or the service does not start', async () => {
    @EventConsumer('shelves')
    class Others {}
    const { module } = await subscriptionsOf(Shelves, Others);
    await expect(module.init()).rejects.toThrow('Two consumers of events are called shelves.');
  });

  it('take a type once, or the service does not start', async () => {
    @EventConsumer('twins')
    class Twins {
      @Consumes('shop.thing-sold', 1)
      async one(): Promise<void> {}

      @Consumes('shop.thing-sold', 1)
      async two(): Promise<void> {}
    }
    const { module } = await subscriptionsOf(Twins);
    await expect(module.init()).rejects.toThrow('The consumer twins takes shop.thing-sold.v1 twice.');
  });

  it.each(['', 'Shelves', 'a b', 'x.y', '-x', 'x'.repeat(41)])('are not called %j', (name) => {
    expect(() => EventConsumer(name)).toThrow(/No name for a consumer/);
  });

  it.each([
    ['shop.thing-sold', 0],
    ['shop.thing-sold', 1.5],
    ['shop', 1],
    ['shop.*', 1],
  ])('do not take %s in version %d', (family, version) => {
    expect(() => Consumes(family, version)).toThrow(/No type of an event/);
  });
});
