import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '#kernel/clock';
import { BackgroundWork } from '#platform/lifecycle';
import { History, INTERVAL_MS } from './history.js';
import { MetricReader } from './metric-reader.js';
import type { Moment } from './moment.js';
import { takeMoment } from './take-moment.js';

/** Takes a moment of the counters every five seconds, whether anybody looks or not. No dependency is asked for it. */
@Injectable()
export class HistorySampler extends BackgroundWork {
  readonly history = new History();
  private timer: NodeJS.Timeout | undefined;
  private sampling: Promise<void> = Promise.resolve();

  constructor(
    private readonly metrics: MetricReader,
    private readonly clock: Clock,
    private readonly logger: PinoLogger,
  ) {
    super();
  }

  override start(): void {
    const sample = (): void => {
      this.sampling = this.sample();
    };
    sample();
    this.timer = setInterval(sample, INTERVAL_MS).unref();
  }

  override async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sampling;
  }

  /** How it is now: not kept. */
  now(): Promise<Moment> {
    return takeMoment(this.metrics, this.clock.now().getTime());
  }

  private async sample(): Promise<void> {
    try {
      await this.metrics.refresh('local');
      this.history.add(await this.now());
    } catch (error) {
      this.logger.logger.warn({ err: error }, 'the history of the operations page has a gap');
    }
  }
}
