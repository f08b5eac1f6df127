import type { DomainEvent } from '#kernel/domain-event';
import { EventOutbox, MemoryUnitOfWork } from '#platform/unit-of-work';

/** An outbox that remembers what was kept, and tells nobody. */
export class RecordingOutbox extends EventOutbox {
  readonly events: DomainEvent[] = [];
  commits = 0;

  override append(events: readonly DomainEvent[]): Promise<void> {
    this.events.push(...events);
    return Promise.resolve();
  }

  override committed(): void {
    this.commits += 1;
  }
}

/** For the test of a use case over stores in memory: units of work, and what they have told. */
export function aUnitOfWork(): { unitOfWork: MemoryUnitOfWork; outbox: RecordingOutbox } {
  const outbox = new RecordingOutbox();
  return { unitOfWork: new MemoryUnitOfWork(outbox), outbox };
}
