import { Injectable } from '@nestjs/common';
import { undoneBy } from '#platform/unit-of-work';
import { Inbox } from './inbox.js';

/** Events that are remembered; the oldest are forgotten first. Some ten megabytes. */
export const EVENTS_REMEMBERED_MAX = 100_000;

/** Remembers for as long as the process lives, which is as long as its outbox does. */
@Injectable()
export class InMemoryInbox extends Inbox {
  private readonly consumed = new Set<string>();

  override enter(consumer: string, eventId: string): Promise<boolean> {
    const key = `${consumer} ${eventId}`;
    if (this.consumed.has(key)) return Promise.resolve(false);
    const [oldest] = this.consumed;
    if (oldest !== undefined && this.consumed.size >= EVENTS_REMEMBERED_MAX) this.consumed.delete(oldest);
    this.consumed.add(key);
    undoneBy(() => this.consumed.delete(key));
    return Promise.resolve(true);
  }

  override forget(consumer: string): Promise<number> {
    const keys = [...this.consumed].filter((key) => key.startsWith(`${consumer} `));
    for (const key of keys) this.consumed.delete(key);
    return Promise.resolve(keys.length);
  }

  override sweep(): Promise<number> {
    return Promise.resolve(0);
  }
}
