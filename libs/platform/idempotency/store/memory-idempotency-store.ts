import { Injectable } from '@nestjs/common';
import { undoneBy } from '#platform/unit-of-work';
import { IdempotencyStore, type Claim, type IdempotencyRecord } from './idempotency-store.js';

/** Some megabytes with answers of the usual size. Beyond it the oldest is forgotten: a look without a database is short. */
export const RECORDS_MAX = 1_000;

/**
 * Keeps answers for as long as the process lives. Units of work over memory run one after the other, so whoever claims
 * finds no other at work.
 */
@Injectable()
export class MemoryIdempotencyStore extends IdempotencyStore {
  /** In the order in which they were kept, which is the one in which they expire. */
  private readonly records = new Map<string, IdempotencyRecord>();

  get size(): number {
    return this.records.size;
  }

  override claim(id: string, now: Date): Promise<Claim> {
    return Promise.resolve(this.alive(id, now) ?? 'free');
  }

  override keep(record: IdempotencyRecord): Promise<boolean> {
    if (this.alive(record.id, record.createdAt)) return Promise.resolve(false);
    this.records.delete(record.id); // an expired one would keep its old place
    if (this.records.size >= RECORDS_MAX) this.forgetFirst();
    this.records.set(record.id, record);
    undoneBy(() => this.records.delete(record.id));
    return Promise.resolve(true);
  }

  override forgetExpired(now: Date, limit: number): Promise<number> {
    let forgotten = 0;
    for (const [id, { expiresAt }] of this.records) {
      if (forgotten === limit || expiresAt > now) break;
      this.records.delete(id);
      forgotten += 1;
    }
    return Promise.resolve(forgotten);
  }

  private alive(id: string, now: Date): IdempotencyRecord | undefined {
    const record = this.records.get(id);
    return record && record.expiresAt > now ? record : undefined;
  }

  private forgetFirst(): void {
    const first = this.records.keys().next();
    if (!first.done) this.records.delete(first.value);
  }
}
