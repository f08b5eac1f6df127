import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#kernel/unit-of-work';
import { newRequestContext, newTraceId, runInRequest, traceIdOf } from '#platform/context';
import { Deadline, withinDeadline } from '#platform/deadline';
import type { EntrySpan } from '#platform/tracing';
import type { CloudEvent } from '../event/cloud-event.js';
import { beginProcessSpan, endProcessSpan, type EventSender } from '../event/event-span.js';
import { MessagingSettings } from '../messaging.settings.js';
import { DeliveryLog, type DeliveryOutcome } from './delivery-log.js';
import { EventDelivery, UnknownEventVersion, type DeliveryResult } from './event-delivery.js';
import { Inbox } from './inbox.js';
import type { EventHandler, Subscription } from './subscription.js';

/** The inbox is entered in the handler's own unit of work: both are kept, or neither. */
@Injectable()
export class UnitOfWorkDelivery extends EventDelivery {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly inbox: Inbox,
    private readonly log: DeliveryLog,
    private readonly settings: MessagingSettings,
  ) {
    super();
  }

  override async deliver(subscription: Subscription, event: CloudEvent, sender?: EventSender): Promise<DeliveryResult> {
    const { consumer } = subscription;
    const handler = subscription.handlerOf(event.type);
    if (!handler) throw new UnknownEventVersion(consumer, event.type);
    const span = beginProcessSpan(event, sender);
    const delivery = { consumer, event, spanId: span?.spanId, startedAtMs: performance.now() };
    const tell = (end: { outcome: DeliveryOutcome; error?: unknown }): void => {
      this.log.delivered({ ...delivery, ...end });
      if (span) endProcessSpan(span, event, { consumer, sender, ...end });
    };
    try {
      const work = () => this.inTime(event, span, () => this.once(consumer, event, handler));
      const result = await (span ? span.run(work) : work());
      tell({ outcome: result });
      return result;
    } catch (error) {
      tell({ outcome: 'failed', error });
      throw error;
    }
  }

  private once(consumer: string, event: CloudEvent, handler: EventHandler): Promise<DeliveryResult> {
    return this.unitOfWork.run(
      async () => {
        if (!(await this.inbox.enter(consumer, event.id))) return 'duplicate';
        await handler(event);
        return 'consumed';
      },
      { repeatable: true },
    );
  }

  /** Under the trace of the request that made it happen, and with an end, as a request has one. */
  private inTime<T>(event: CloudEvent, span: EntrySpan | undefined, work: () => Promise<T>): Promise<T> {
    const deadline = new Deadline(this.settings.handlerTimeoutMs);
    const context = newRequestContext({
      requestId: event.id,
      traceId: span?.traceId ?? traceIdOf(event.traceparent) ?? newTraceId(),
      spanId: span?.spanId,
      traceSampled: span?.sampled ?? false,
      deadline,
    });
    return runInRequest(context, () => withinDeadline(deadline, work));
  }
}
