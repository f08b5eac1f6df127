import { Injectable } from '@nestjs/common';
import type { UnitOfWorkOptions } from '#kernel/unit-of-work';
import { Postgres, retryConflict, wasRefused } from '#platform/postgres';
import { Unit } from './current-unit.js';
import { EventOutbox } from './event-outbox.js';
import { JoiningUnitOfWork } from './joining-unit-of-work.js';

/** A unit of work is a transaction; one that lost to others begins again where that is safe. */
@Injectable()
export class PostgresUnitOfWork extends JoiningUnitOfWork {
  constructor(
    private readonly postgres: Postgres,
    outbox: EventOutbox,
  ) {
    super(outbox);
  }

  /** The store's own no, also to what travels with COMMIT. */
  protected override isUndone(error: unknown): boolean {
    return wasRefused(error);
  }

  protected override runWhole<T>(
    work: () => Promise<T>,
    { isolation = 'read committed', repeatable = false }: UnitOfWorkOptions,
  ): Promise<T> {
    let unit: Unit;
    const attempt = (): Promise<T> => {
      unit = new Unit(isolation, repeatable);
      return this.tryUnit(unit, work, (whole) => this.postgres.inTransaction(whole, isolation));
    };
    return retryConflict(attempt, () => unit.repeatable);
  }
}
