import { describe, expect, it } from '@jest/globals';
import { recordingLogs } from '../testing/recording-logs.js';
import { ParkedAtBroker } from './parked-at-broker.js';
import { Subscription } from './subscription.js';
import type { Subscriptions } from './subscriptions.js';

const shelves = new Subscription('shelves', [
  { family: 'shop.thing-sold', version: 1, handler: () => Promise.resolve() },
]);
const subscriptions = {
  concernedBy: (type: string) => [shelves].filter((each) => each.concerns(type)),
} as unknown as Subscriptions;

describe('what consumers of the broker park', () => {
  it.each([
    ['shop.thing-sold.v1', 'shop.thing-sold.v1'],
    ['shop.thing-sold.v2', 'shop.thing-sold.other'],
    ['shop.thing-sold.v77', 'shop.thing-sold.other'],
    ['no type', 'unknown.other'],
  ])('of %s counts as %s, so that nobody outside can add series', async (type, label) => {
    const { deliveryLog, consumed } = recordingLogs();
    new ParkedAtBroker(subscriptions, deliveryLog).parked('shelves', type);
    expect(await consumed()).toEqual({ [`${label} parked`]: 1 });
  });
});
