import { Injectable } from '@nestjs/common';
import { runOutsideRequest } from '#platform/context';
import { BackgroundWork } from '#platform/lifecycle';
import { NotificationListener, Postgres } from '#platform/postgres';

const CHANNEL = 'messaging_outbox';

/**
 * A NOTIFY is a commit under a lock of the whole server: one in each transaction would let none commit beside another.
 * So it is sent afterwards, for all that came within this time; the relay of this very process needs none.
 */
export const NOTIFY_INTERVAL_MS = 100;

const NOTIFY = { name: 'messaging.notify', text: `SELECT pg_notify('${CHANNEL}', '')` };

/** Says that events may be waiting: at once to the relay in this process, and soon after to those in others. */
@Injectable()
export class OutboxBell extends BackgroundWork {
  private readonly listeners: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly postgres: Postgres,
    private readonly notifications: NotificationListener,
  ) {
    super();
  }

  onRing(listener: () => void): void {
    this.listeners.push(listener);
  }

  ring(): void {
    this.tell();
    // For all that ring meanwhile: it does not end with the request of the first.
    this.timer ??= runOutsideRequest(() => setTimeout(() => this.notify(), NOTIFY_INTERVAL_MS).unref());
  }

  override start(): void {
    this.notifications.listen(CHANNEL, () => this.tell());
  }

  override async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.notifications.stop();
  }

  private notify(): void {
    this.timer = undefined;
    // A relay that isn't told looks by itself, a moment later.
    void this.postgres.query(NOTIFY).catch(() => undefined);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
