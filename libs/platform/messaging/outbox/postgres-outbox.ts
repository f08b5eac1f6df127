import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '#kernel/domain-event';
import { Postgres } from '#platform/postgres';
import { currentTraceParent } from '#platform/tracing';
import { Outbox, type FailedTry, type OutboxEntry, type OutboxState } from './outbox.js';
import { OutboxBell } from './outbox-bell.js';
import { toEntry, type OutboxRow } from './outbox.row.js';
import {
  APPEND_EVENTS,
  CLAIM_EVENTS,
  GIVE_BACK,
  MARK_FAILED,
  MARK_SENT,
  OUTBOX_STATE,
  SWEEP_OUTBOX,
} from './outbox.statements.js';

/** Keeps events in messaging.outbox: in the transaction of the change that they tell of. */
@Injectable()
export class PostgresOutbox extends Outbox {
  constructor(
    private readonly postgres: Postgres,
    private readonly bell: OutboxBell,
  ) {
    super();
  }

  override async append(events: readonly DomainEvent[]): Promise<void> {
    const traceparent = currentTraceParent();
    await this.postgres.queryAtCommit(APPEND_EVENTS, [
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ subject }) => subject),
      events.map(({ occurredAt }) => occurredAt),
      events.map(() => traceparent),
      events.map(({ data }) => JSON.stringify(data)),
    ]);
  }

  override committed(): void {
    this.bell.ring();
  }

  override onCommitted(listener: () => void): void {
    this.bell.onRing(listener);
  }

  override async claim(limit: number, leaseMs: number): Promise<readonly OutboxEntry[]> {
    const { rows } = await this.postgres.query<OutboxRow>(CLAIM_EVENTS, [limit, leaseMs]);
    return rows.map(toEntry);
  }

  override async markSent(positions: readonly string[]): Promise<void> {
    await this.postgres.query(MARK_SENT, [positions]);
  }

  override async giveBack(positions: readonly string[]): Promise<void> {
    await this.postgres.query(GIVE_BACK, [positions]);
  }

  override async markFailed(tries: readonly FailedTry[]): Promise<void> {
    await this.postgres.query(MARK_FAILED, [
      tries.map(({ position }) => position),
      tries.map(({ reason }) => reason),
      tries.map(({ retryInMs }) => retryInMs),
      tries.map(({ counts }) => counts),
    ]);
  }

  override async state(): Promise<OutboxState> {
    const { rows } = await this.postgres.query<{ pending: number; age: number; parked: number }>(OUTBOX_STATE);
    const { pending, age, parked } = rows[0] ?? { pending: 0, age: 0, parked: 0 };
    return { pending, oldestAgeSeconds: Math.max(0, age), parked };
  }

  override async sweep(olderThanSeconds: number, limit: number): Promise<number> {
    return (await this.postgres.query(SWEEP_OUTBOX, [olderThanSeconds, limit])).rowCount;
  }
}
