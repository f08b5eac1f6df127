import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '#kernel/domain-event';
import { UnitOfWork, type UnitOfWorkOptions } from '#kernel/unit-of-work';
import { currentUnit, Unit, type UnitOutcome } from './current-unit.js';
import { EventOutbox } from './event-outbox.js';

/** What all units of work have in common: a part joins its whole, and events are kept at the end. */
@Injectable()
export abstract class JoiningUnitOfWork extends UnitOfWork {
  constructor(private readonly outbox: EventOutbox) {
    super();
  }

  override async run<T>(work: () => Promise<T>, options: UnitOfWorkOptions = {}): Promise<T> {
    const whole = currentUnit();
    if (whole) {
      whole.takeIn(options);
      return work();
    }
    return this.runWhole(work, options);
  }

  override record(events: readonly DomainEvent[]): void {
    const unit = currentUnit();
    if (!unit) throw new Error('Events are recorded in a unit of work, so that they are kept with its changes.');
    unit.record(events);
  }

  /** Whether the error says that nothing was kept; where nobody can tell, it doesn't. */
  protected isUndone(_error: unknown): boolean {
    return false;
  }

  protected abstract runWhole<T>(work: () => Promise<T>, options: UnitOfWorkOptions): Promise<T>;

  /** One try. `commit` carries out its argument, and keeps what that did: then the events may be told. */
  protected async tryUnit<T>(
    unit: Unit,
    work: () => Promise<T>,
    commit: (work: () => Promise<T>) => Promise<T>,
  ): Promise<T> {
    let outcome: UnitOutcome = 'undone';
    const whole = async (): Promise<T> => {
      const done = await unit.carry(work);
      unit.end(); // before its events are kept: one that came later would be lost
      if (unit.events.length > 0) await this.outbox.append(unit.events);
      outcome = 'unknown'; // from here until the store has confirmed it
      return done;
    };
    try {
      const result = await commit(whole);
      outcome = 'kept';
      return result;
    } catch (error) {
      if (this.isUndone(error)) outcome = 'undone';
      throw error;
    } finally {
      unit.end(); // also of work that still runs, when it failed
      if (outcome === 'kept' && unit.events.length > 0) this.outbox.committed();
      await unit.tellEnd(outcome);
    }
  }
}
