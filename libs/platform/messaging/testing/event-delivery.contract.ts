import { beforeEach, describe, expect, it } from '@jest/globals';
import type { UnitOfWork } from '#kernel/unit-of-work';
import { loadSettings } from '#platform/config';
import { currentRequest } from '#platform/context';
import { DeadlineExceeded } from '#platform/deadline';
import { UnknownEventVersion } from '../consuming/event-delivery.js';
import type { Inbox } from '../consuming/inbox.js';
import { Subscription, type EventHandler } from '../consuming/subscription.js';
import { UnitOfWorkDelivery } from '../consuming/unit-of-work-delivery.js';
import { MessagingSettings } from '../messaging.settings.js';
import { aCloudEvent } from './event.builder.js';
import { recordingLogs } from './recording-logs.js';

export interface DeliveryStage {
  readonly unitOfWork: UnitOfWork;
  readonly inbox: Inbox;
  /** An effect in the same store, and what has come of it. */
  effect(text: string): Promise<void>;
  effects(): Promise<readonly string[]>;
}

/** What holds for deliveries over every inbox. */
export function eventDeliveryContract(make: () => Promise<DeliveryStage>): void {
  describe('as a delivery of events', () => {
    let stage: DeliveryStage;
    beforeEach(async () => {
      stage = await make();
    });

    function aDelivery(handler: EventHandler = ({ id }) => stage.effect(id), env: Record<string, string> = {}) {
      const settings = loadSettings({ NODE_ENV: 'test', ...env }).get(MessagingSettings);
      const logs = recordingLogs();
      const delivery = new UnitOfWorkDelivery(stage.unitOfWork, stage.inbox, logs.deliveryLog, settings);
      const subscribed = (consumer: string) =>
        new Subscription(consumer, [{ family: 'shop.thing-sold', version: 1, handler }]);
      return { delivery, shelves: subscribed('shelves'), books: subscribed('books'), ...logs };
    }

    it('has its effect once, however often the event comes', async () => {
      const { delivery, shelves, consumed } = aDelivery();
      const event = aCloudEvent();
      expect(await delivery.deliver(shelves, event)).toBe('consumed');
      expect(await delivery.deliver(shelves, event)).toBe('duplicate');
      expect(await stage.effects()).toEqual([event.id]);
      expect(await consumed()).toEqual({ 'shop.thing-sold.v1 consumed': 1, 'shop.thing-sold.v1 duplicate': 1 });
    });

    it('has its effect once when it comes many times at once', async () => {
      const { delivery, shelves } = aDelivery();
      const event = aCloudEvent();
      const results = await Promise.all(Array.from({ length: 8 }, () => delivery.deliver(shelves, event)));
      expect(results.sort()).toEqual(['consumed', ...Array.from({ length: 7 }, () => 'duplicate')]);
      expect(await stage.effects()).toEqual([event.id]);
    });

    it('has it once for each consumer', async () => {
      const { delivery, shelves, books } = aDelivery();
      const event = aCloudEvent();
      await delivery.deliver(shelves, event);
      await delivery.deliver(books, event);
      expect(await stage.effects()).toEqual([event.id, event.id]);
    });

    it('is as if it had not been when the handler fails, and may be tried again', async () => {
      let failures = 1;
      const { delivery, shelves, consumed, lines } = aDelivery(async ({ id }) => {
        await stage.effect(id);
        if (failures-- > 0) throw new TypeError('no');
      });
      const event = aCloudEvent();
      await expect(delivery.deliver(shelves, event)).rejects.toThrow('no');
      expect(await stage.effects()).toEqual([]);
      expect(await delivery.deliver(shelves, event)).toBe('consumed');
      expect(await stage.effects()).toEqual([event.id]);
      expect(await consumed()).toEqual({ 'shop.thing-sold.v1 failed': 1, 'shop.thing-sold.v1 consumed': 1 });
      expect(lines.map(({ outcome, eventId }) => [outcome, eventId])).toEqual([
        ['failed', event.id],
        ['consumed', event.id],
      ]);
    });

    it('runs under the trace of what made the event happen, and under the id of the event', async () => {
      const seen: unknown[] = [];
      const { delivery, shelves, lines } = aDelivery(async () => {
        const { traceId, requestId } = currentRequest() ?? {};
        seen.push({ traceId, requestId });
      });
      const traceId = '0af7651916cd43dd8448eb211c80319c';
      const event = aCloudEvent({ traceparent: `00-${traceId}-b7ad6b7169203331-01` });
      await delivery.deliver(shelves, event);
      expect(seen).toEqual([{ traceId, requestId: event.id }]);
      expect(lines).toEqual([expect.objectContaining({ traceId, consumer: 'shelves', eventType: event.type })]);
    });

    it('makes a trace where the event has none that is sane', async () => {
      let traceId: string | undefined;
      const { delivery, shelves } = aDelivery(async () => {
        traceId = currentRequest()?.traceId;
      });
      await delivery.deliver(shelves, aCloudEvent({ traceparent: 'nonsense' }));
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    });

    it('ends a handler that takes too long', async () => {
      const { delivery, shelves } = aDelivery(() => new Promise(() => undefined), { EVENT_HANDLER_TIMEOUT_MS: '50' });
      await expect(delivery.deliver(shelves, aCloudEvent())).rejects.toBeInstanceOf(DeadlineExceeded);
    });

    it('refuses a version that the consumer does not know', async () => {
      const { delivery, shelves } = aDelivery();
      const event = aCloudEvent({ type: 'shop.thing-sold.v2' });
      await expect(delivery.deliver(shelves, event)).rejects.toBeInstanceOf(UnknownEventVersion);
    });

    it('has it again for a consumer that was made to forget', async () => {
      const { delivery, shelves, books } = aDelivery();
      const event = aCloudEvent();
      await delivery.deliver(shelves, event);
      await delivery.deliver(books, event);
      expect(await stage.inbox.forget('shelves')).toBe(1);
      expect(await delivery.deliver(shelves, event)).toBe('consumed');
      expect(await delivery.deliver(books, event)).toBe('duplicate');
    });
  });
}
