import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import { PinoLogger } from 'nestjs-pino';
import type { Counter } from 'prom-client';
import { traceIdOf } from '#platform/context';
import { LINE_OF_ITS_OWN } from '#platform/logging';
import { declareCounter } from '#platform/metrics';
import type { CloudEvent } from '../event/cloud-event.js';
import { failureReason } from '../failure-reason.js';
import { wasTold } from '../told-failures.js';

const PUBLISHED = 'outbox_published_total';

interface Failure {
  readonly error: unknown;
  /** This one included. */
  readonly failures: number;
  readonly parked: boolean;
}

/** Counts what leaves, and has a line for what doesn't. */
@Injectable()
export class PublishLog {
  constructor(
    private readonly logger: PinoLogger,
    @InjectMetric(PUBLISHED) private readonly published: Counter<'outcome'>,
  ) {}

  sent(): void {
    this.published.inc({ outcome: 'sent' });
  }

  /** Its consumer has told of it. */
  deferred(): void {
    this.published.inc({ outcome: 'deferred' });
  }

  failed({ id, type, subject, traceparent }: CloudEvent, { error, failures, parked }: Failure): void {
    this.published.inc({ outcome: parked ? 'parked' : 'failed' });
    this.logger.logger[parked ? 'error' : 'warn'](
      {
        ...(parked && { [LINE_OF_ITS_OWN]: true }),
        eventId: id,
        eventType: type,
        subject,
        traceId: traceIdOf(traceparent) ?? undefined,
        failures,
        // A consumer in this process has told of it, with its causes, in the line `event` of the same eventId.
        ...(wasTold(error) ? { reason: failureReason(error) } : { err: error }),
      },
      parked ? 'event parked: it waits, and those behind it, until somebody has seen to it' : 'event not sent',
    );
  }
}

export const publishLogProviders = [
  PublishLog,
  declareCounter({
    name: PUBLISHED,
    help: 'Events that this relay tried to send, by outcome; deferred: what a consumer needs is away.',
    labels: { outcome: ['sent', 'deferred', 'failed', 'parked'] },
  }),
];
