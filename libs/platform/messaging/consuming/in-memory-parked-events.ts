import { Injectable } from '@nestjs/common';
import { ParkedEvents, type ParkedEvent } from './parked-events.js';

/** The oldest are forgotten first: what is parked without a database is lost with its process anyway. */
export const EVENTS_PARKED_MAX = 1_000;

/** Parks for as long as the process lives. */
@Injectable()
export class InMemoryParkedEvents extends ParkedEvents {
  private readonly parked = new Map<string, ParkedEvent>();

  override park(event: ParkedEvent): Promise<void> {
    const [oldest] = this.parked.keys();
    if (oldest !== undefined && this.parked.size >= EVENTS_PARKED_MAX) this.parked.delete(oldest);
    this.parked.set(keyOf(event.consumer, event.eventId), event);
    return Promise.resolve();
  }

  override list(limit: number): Promise<readonly ParkedEvent[]> {
    const all = [...this.parked.values()].sort((a, b) => a.parkedAt.getTime() - b.parkedAt.getTime());
    return Promise.resolve(all.slice(0, limit));
  }

  override find(consumer: string, eventId: string): Promise<ParkedEvent | null> {
    return Promise.resolve(this.parked.get(keyOf(consumer, eventId)) ?? null);
  }

  override remove(consumer: string, eventId: string): Promise<void> {
    this.parked.delete(keyOf(consumer, eventId));
    return Promise.resolve();
  }

  override count(): Promise<number> {
    return Promise.resolve(this.parked.size);
  }
}

const keyOf = (consumer: string, eventId: string): string => `${consumer} ${eventId}`;
