import { Injectable } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { PinoLogger } from 'nestjs-pino';
import { BackgroundWork } from '#platform/lifecycle';
import { DatabaseUnavailable } from '#platform/postgres';
import { doublingDelayMs } from '#platform/resilience';
import { MessagingSettings } from '../messaging.settings.js';
import { Outbox } from '../outbox/outbox.js';
import { Alarm } from './alarm.js';
import { RelayRound } from './relay-round.js';

/** Waits while the broker or the database is away: short enough that nobody waits for the relay when it is back. */
const AWAY = { firstMs: 200, maxMs: 5_000 };

/**
 * Sends what the outbox holds, in each replica, round after round: at once when something was committed, and by itself
 * after a while. No transaction is open while it sends.
 */
@Injectable()
export class OutboxRelay extends BackgroundWork {
  private readonly alarm = new Alarm();
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private failures = 0;

  constructor(
    private readonly outbox: Outbox,
    private readonly round: RelayRound,
    private readonly settings: MessagingSettings,
    private readonly logger: PinoLogger,
  ) {
    super();
  }

  override start(): void {
    this.outbox.onCommitted(() => this.alarm.ring());
    this.running = this.run();
  }

  override async stop(): Promise<void> {
    this.stopping.abort();
    this.alarm.ring();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const result = await this.round.run(signal);
        this.wentWell();
        if (result === 'done' && !signal.aborted) await this.alarm.wait(this.settings.pollMs);
      } catch (error) {
        // Whatever is committed meanwhile: an absent broker is not asked for each of them.
        await delay(this.wentWrong(error), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private wentWell(): void {
    if (this.failures > 0) this.logger.logger.info('the outbox is relayed again');
    this.failures = 0;
  }

  /** Told once, and not for each round: an outage must not fill the log. An absent database is told of by itself. */
  private wentWrong(error: unknown): number {
    if (error instanceof DatabaseUnavailable) return AWAY.firstMs;
    this.failures += 1;
    if (this.failures === 1) {
      this.logger.logger.warn({ err: error }, 'the outbox is not relayed for now, trying on');
    }
    return doublingDelayMs(this.failures, AWAY);
  }
}
