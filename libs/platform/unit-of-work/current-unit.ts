import { AsyncLocalStorage } from 'node:async_hooks';
import type { DomainEvent } from '#kernel/domain-event';
import { ISOLATION_LEVELS, type IsolationLevel, type UnitOfWorkOptions } from '#kernel/unit-of-work';

/** More events than an aggregate of this house ever records: what exceeds it is a loop that has lost its end. */
export const EVENTS_PER_UNIT_MAX = 1_000;

const storage = new AsyncLocalStorage<Unit>();

/** The unit of work that the current code is a part of, if there is one. */
export const currentUnit = (): Unit | undefined => storage.getStore();

/** What became of a try. `unknown`: it was to be kept, and nobody can tell whether it was. */
export type UnitOutcome = 'kept' | 'undone' | 'unknown';
type EndListener = (outcome: UnitOutcome) => Promise<void>;

/** One try of a unit of work. */
export class Unit {
  readonly events: DomainEvent[] = [];
  private readonly undoings: (() => void)[] = [];
  private readonly endListeners: EndListener[] = [];
  private ended = false;

  constructor(
    readonly isolation: IsolationLevel,
    /** Whether every part of it may be done again. */
    public repeatable: boolean,
  ) {}

  /** Everything asynchronous that `work` starts takes part. */
  carry<T>(work: () => Promise<T>): Promise<T> {
    return storage.run(this, work);
  }

  /** From here on nothing joins: it would be kept with no unit, or with none of its events. */
  end(): void {
    this.ended = true;
  }

  /** @throws Error when the part asks for more isolation than the whole has; when the unit has ended */
  takeIn({ isolation = 'read committed', repeatable = false }: UnitOfWorkOptions): void {
    this.throwIfEnded();
    if (ISOLATION_LEVELS.indexOf(isolation) > ISOLATION_LEVELS.indexOf(this.isolation)) {
      throw new Error(`A part that needs "${isolation}" can't join a unit of work that is "${this.isolation}".`);
    }
    this.repeatable &&= repeatable;
  }

  /** @throws Error when there are too many; when the unit has ended */
  record(events: readonly DomainEvent[]): void {
    this.throwIfEnded();
    if (this.events.length + events.length > EVENTS_PER_UNIT_MAX) {
      throw new Error(`One unit of work records at most ${EVENTS_PER_UNIT_MAX} events.`);
    }
    this.events.push(...events);
  }

  /** @throws Error when the unit has ended */
  undoneBy(undo: () => void): void {
    this.throwIfEnded();
    this.undoings.push(undo);
  }

  /** The last change first. */
  undo(): void {
    for (const undo of this.undoings.reverse()) undo();
  }

  /** @throws Error when the unit has ended */
  onceEnded(listener: EndListener): void {
    this.throwIfEnded();
    this.endListeners.push(listener);
  }

  /** Before whoever began the unit hears of its end. Listeners must not fail: what is done is done. */
  async tellEnd(outcome: UnitOutcome): Promise<void> {
    if (this.endListeners.length === 0) return;
    await Promise.all(this.endListeners.map((listener) => listener(outcome)));
  }

  private throwIfEnded(): void {
    if (this.ended) throw new Error('The unit of work is over: a part of it was begun, and not awaited.');
  }
}

/**
 * For stores in memory: how to take a change back, should the unit of work that it is a part of fail. Outside of a unit
 * a change stands.
 */
export const undoneBy = (undo: () => void): void => currentUnit()?.undoneBy(undo);

/**
 * Has `listener` told of the end of the current unit of work, before whoever began it hears of it. It must not fail.
 * @returns false outside of a unit: then there is no end to wait for
 */
export function onceEnded(listener: EndListener): boolean {
  const unit = currentUnit();
  unit?.onceEnded(listener);
  return unit !== undefined;
}
