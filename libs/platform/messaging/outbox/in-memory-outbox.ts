import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '#kernel/domain-event';
import { MemoryStoreFull } from '#platform/errors';
import { currentTraceParent } from '#platform/tracing';
import { undoneBy } from '#platform/unit-of-work';
import { Outbox, type FailedTry, type OutboxEntry, type OutboxState } from './outbox.js';
import { toEntry } from './outbox.row.js';

/** Events that are not sent: some megabytes. */
export const EVENTS_MAX = 10_000;

interface Waiting {
  entry: OutboxEntry;
  readonly occurredAtMs: number;
  dueAtMs: number;
  claimedUntilMs: number;
  parked: boolean;
}

/**
 * Keeps events for as long as the process lives: for tests, and for a first look without a database. Each method runs
 * to its end without giving way, which is what makes it atomic. What was sent is not kept.
 */
@Injectable()
export class InMemoryOutbox extends Outbox {
  /** In the order of recording. */
  private readonly waiting = new Map<string, Waiting>();
  private readonly listeners: (() => void)[] = [];
  private recorded = 0;

  override append(events: readonly DomainEvent[]): Promise<void> {
    if (this.waiting.size + events.length > EVENTS_MAX) {
      return Promise.reject(new MemoryStoreFull('events', EVENTS_MAX));
    }
    const traceparent = currentTraceParent();
    for (const event of events) this.add(event, traceparent);
    return Promise.resolve();
  }

  override committed(): void {
    for (const listener of this.listeners) listener();
  }

  override onCommitted(listener: () => void): void {
    this.listeners.push(listener);
  }

  override claim(limit: number, leaseMs: number): Promise<readonly OutboxEntry[]> {
    const nowMs = Date.now();
    const subjects = new Set<string>();
    const claimed: OutboxEntry[] = [];
    for (const each of this.waiting.values()) {
      const { subject } = each.entry.event;
      const isFirst = !subjects.has(subject);
      subjects.add(subject);
      if (!isFirst || each.parked || each.dueAtMs > nowMs || each.claimedUntilMs > nowMs) continue;
      if (claimed.length === limit) break;
      each.claimedUntilMs = nowMs + leaseMs;
      claimed.push(each.entry);
    }
    return Promise.resolve(claimed);
  }

  override markSent(positions: readonly string[]): Promise<void> {
    for (const position of positions) this.waiting.delete(position);
    return Promise.resolve();
  }

  override giveBack(positions: readonly string[]): Promise<void> {
    for (const each of this.those(positions)) each.claimedUntilMs = 0;
    return Promise.resolve();
  }

  override markFailed(tries: readonly FailedTry[]): Promise<void> {
    for (const { position, retryInMs, counts } of tries) {
      for (const each of this.those([position])) {
        each.entry = { ...each.entry, tries: each.entry.tries + (counts ? 1 : 0) };
        each.claimedUntilMs = 0;
        each.dueAtMs = Date.now() + (retryInMs ?? 0);
        each.parked = retryInMs === null;
      }
    }
    return Promise.resolve();
  }

  override state(): Promise<OutboxState> {
    const all = [...this.waiting.values()];
    const pending = all.filter(({ parked }) => !parked);
    const oldestMs = Math.min(Date.now(), ...pending.map(({ occurredAtMs }) => occurredAtMs));
    const oldestAgeSeconds = (Date.now() - oldestMs) / 1_000;
    return Promise.resolve({ pending: pending.length, oldestAgeSeconds, parked: all.length - pending.length });
  }

  override sweep(): Promise<number> {
    return Promise.resolve(0);
  }

  private add({ id, type, subject, occurredAt, data }: DomainEvent, traceparent: string): void {
    const position = String((this.recorded += 1));
    const text = JSON.stringify(data); // as it would come back from a database
    const entry = toEntry({
      ...{ position, id, type, subject, traceparent, tries: 0, replays: 0 },
      occurred_at: occurredAt,
      data: JSON.parse(text) as Record<string, unknown>,
    });
    const occurredAtMs = occurredAt.getTime();
    this.waiting.set(position, { entry, occurredAtMs, dueAtMs: 0, claimedUntilMs: 0, parked: false });
    undoneBy(() => this.waiting.delete(position));
  }

  private those(positions: readonly string[]): Waiting[] {
    return positions.map((position) => this.waiting.get(position)).filter((each) => each !== undefined);
  }
}
