import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import { HealthContributor, type HealthState } from '#platform/health';
import { BackgroundWork } from '#platform/lifecycle';
import { declareGauge } from '#platform/metrics';
import { ParkedEvents } from '../consuming/parked-events.js';
import { Outbox } from './outbox.js';

const PENDING = 'outbox_pending_events';
const OLDEST = 'outbox_oldest_event_age_seconds';
const DEAD = 'outbox_dead_events';

/** Below any interval at which metrics are read. */
const INTERVAL_MS = 2_000;
/** An event that waits for longer is late: what depends on it shows what was. */
const LATE_SECONDS = 60;

/** How full the outbox is, and how late: looked at now and then, so that no probe waits for the database. */
@Injectable()
export class OutboxWatch extends BackgroundWork {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly outbox: Outbox,
    private readonly parkedEvents: ParkedEvents,
    @InjectMetric(PENDING) private readonly pending: Gauge,
    @InjectMetric(OLDEST) private readonly oldest: Gauge,
    @InjectMetric(DEAD) private readonly dead: Gauge,
  ) {
    super();
  }

  override start(): void {
    this.looking = this.look();
    this.timer = setInterval(() => {
      this.looking = this.look();
    }, INTERVAL_MS).unref();
  }

  override async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      const [state, parked] = [await this.outbox.state(), await this.parkedEvents.count()];
      this.pending.set(state.pending);
      this.oldest.set(state.oldestAgeSeconds);
      this.dead.set(state.parked + parked);
    } catch {
      // The database is away, and says so itself: the gauges keep what was last seen.
    }
  }
}

/** The outbox in the report of health. It never keeps traffic away: orders are taken while events wait. */
@Injectable()
export class OutboxHealth extends HealthContributor {
  override readonly name = 'outbox';

  constructor(
    private readonly outbox: Outbox,
    private readonly parkedEvents: ParkedEvents,
  ) {
    super();
  }

  override readiness(): Promise<HealthState> {
    return Promise.resolve({ status: 'up' });
  }

  override async details(): Promise<HealthState> {
    const { pending, oldestAgeSeconds, parked } = await this.outbox.state();
    const dead = parked + (await this.parkedEvents.count());
    const status = dead > 0 || oldestAgeSeconds > LATE_SECONDS ? 'degraded' : 'up';
    return { status, pending, oldestAgeSeconds: Math.round(oldestAgeSeconds), dead };
  }
}

export const outboxWatchProviders = [
  OutboxWatch,
  OutboxHealth,
  declareGauge({ name: PENDING, help: 'Events that are committed and not sent yet, in the whole database.' }),
  declareGauge({ name: OLDEST, help: 'Age of the oldest of them, since it happened; 0 when there is none.' }),
  declareGauge({
    name: DEAD,
    help: 'Events that were given up, by the relay or a consumer, and wait for somebody.',
  }),
];
