import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import { PinoLogger } from 'nestjs-pino';
import type { Counter } from 'prom-client';
import { traceIdOf } from '#platform/context';
import { LINE_OF_ITS_OWN } from '#platform/logging';
import { declareCounter, startAtZero } from '#platform/metrics';
import type { CloudEvent } from '../event/cloud-event.js';
import { markTold } from '../told-failures.js';
import { Subscriptions } from './subscriptions.js';

const CONSUMED = 'events_consumed_total';

export type DeliveryOutcome = 'consumed' | 'duplicate' | 'failed';

/** `parked`: given up by its consumer, and kept for somebody to see to it. */
type CountedOutcome = DeliveryOutcome | 'parked';

const OUTCOMES: readonly CountedOutcome[] = ['consumed', 'duplicate', 'failed', 'parked'];

export interface Delivered {
  readonly consumer: string;
  readonly event: Pick<CloudEvent, 'id' | 'type' | 'subject' | 'traceparent'>;
  /** Of the delivery; undefined while tracing is off. */
  readonly spanId?: string | undefined;
  /** Of `performance.now()`. */
  readonly startedAtMs: number;
  readonly outcome: DeliveryOutcome;
  readonly error?: unknown;
}

const LEVEL = { consumed: 'info', duplicate: 'info', failed: 'warn' } as const;

/** One line and one count for each delivery; of those that fail for one reason, as many lines as may repeat. */
@Injectable()
export class DeliveryLog {
  constructor(
    private readonly logger: PinoLogger,
    @InjectMetric(CONSUMED) private readonly consumed: Counter<'type' | 'outcome'>,
  ) {}

  /** @param delivered its type is one that a consumer takes: types are a label, and labels are bounded */
  delivered({ consumer, event, spanId, startedAtMs, outcome, error }: Delivered): void {
    this.count(event.type, outcome);
    markTold(error);
    this.logger.logger[LEVEL[outcome]](
      {
        ...(outcome !== 'failed' && { [LINE_OF_ITS_OWN]: true }),
        consumer,
        eventId: event.id,
        eventType: event.type,
        subject: event.subject,
        traceId: traceIdOf(event.traceparent) ?? undefined,
        spanId,
        outcome,
        durationMs: Math.round((performance.now() - startedAtMs) * 100) / 100,
        ...(error !== undefined && { err: error }),
      },
      'event',
    );
  }

  /** @param type a label: bounded, as above */
  parked(type: string): void {
    this.count(type, 'parked');
  }

  private count(type: string, outcome: CountedOutcome): void {
    this.consumed.inc({ type, outcome });
  }
}

/** Has the series of every type that a consumer takes from the start. */
@Injectable()
export class DeliverySeries implements OnModuleInit {
  constructor(
    private readonly subscriptions: Subscriptions,
    @InjectMetric(CONSUMED) private readonly consumed: Counter<'type' | 'outcome'>,
  ) {}

  onModuleInit(): void {
    for (const { types } of this.subscriptions.all) startAtZero(this.consumed, { type: types, outcome: OUTCOMES });
  }
}

export const deliveryLogProviders = [
  DeliveryLog,
  DeliverySeries,
  declareCounter({
    name: CONSUMED,
    help: 'Events that consumers of this process were given, by type and by what became of them.',
    labels: {
      type: { of: 'types of events that a consumer takes', form: /^[a-z-]+\.[a-z-]+\.v\d+$/ },
      outcome: OUTCOMES,
    },
  }),
];
