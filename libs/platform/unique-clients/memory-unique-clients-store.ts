import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel/clock';
import { CLIENT_WINDOWS } from './client-window.js';
import { SlidingUniqueCounter } from './sliding-unique-counter.js';
import { UniqueClientsStore, type UniqueClientCounts } from './unique-clients-store.js';

/** The clients of one replica: 16 KiB for each bucket in which there were any, half a megabyte at most. */
@Injectable()
export class MemoryUniqueClientsStore extends UniqueClientsStore {
  private readonly minute = new SlidingUniqueCounter(CLIENT_WINDOWS.minute);
  private readonly day = new SlidingUniqueCounter(CLIENT_WINDOWS.day);

  constructor(private readonly clock: Clock) {
    super();
  }

  override add(addresses: readonly string[]): Promise<void> {
    const nowMs = this.nowMs();
    if (addresses.length > 0) {
      this.minute.add(addresses, nowMs);
      this.day.add(addresses, nowMs);
    }
    return Promise.resolve();
  }

  override counts(): Promise<UniqueClientCounts> {
    const nowMs = this.nowMs();
    return Promise.resolve({ minute: this.minute.estimate(nowMs), day: this.day.estimate(nowMs) });
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
