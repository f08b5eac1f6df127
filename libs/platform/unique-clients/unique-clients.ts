import { Injectable } from '@nestjs/common';
import { runOutsideRequest } from '#platform/context';
import { UniqueClientsStore, type UniqueClientCounts } from './unique-clients-store.js';

/** Addresses that are held until they are handed on: at most so many new ones are told between two hand-overs. */
export const SEEN_MAX = 10_000;

/** Who was here: a set in memory takes note of each request's client, and what it holds is handed on now and then. */
@Injectable()
export class UniqueClients {
  private seen = new Set<string>();
  private handing: Promise<void> | undefined;

  constructor(private readonly store: UniqueClientsStore) {}

  /** On the path of every request: it waits for nothing. */
  note(address: string): void {
    if (this.seen.size < SEEN_MAX) this.seen.add(address);
    else if (!this.handing) void runOutsideRequest(() => this.handOn());
  }

  /** Hands on what was seen until now; one hand-over at a time. */
  async handOn(): Promise<void> {
    await this.handing;
    this.handing ??= this.handOnOnce().finally(() => (this.handing = undefined));
    await this.handing;
  }

  /** With all that was seen until now. */
  async counts(): Promise<UniqueClientCounts> {
    await this.handOn();
    return this.store.counts();
  }

  private handOnOnce(): Promise<void> {
    const addresses = [...this.seen];
    this.seen = new Set();
    return this.store.add(addresses);
  }
}
