import { Injectable } from '@nestjs/common';
import type { UnitOfWorkOptions } from '#kernel/unit-of-work';
import { Unit } from './current-unit.js';
import { JoiningUnitOfWork } from './joining-unit-of-work.js';

/**
 * Units over stores in memory: one after the other, which is as isolated as it gets, and a failed one is undone step by
 * step. Whoever reads outside of a unit may see the changes of one that is under way.
 */
@Injectable()
export class MemoryUnitOfWork extends JoiningUnitOfWork {
  private last: Promise<unknown> = Promise.resolve();

  protected override runWhole<T>(
    work: () => Promise<T>,
    { isolation = 'read committed', repeatable = false }: UnitOfWorkOptions,
  ): Promise<T> {
    const run = this.last.then(async () => {
      const unit = new Unit(isolation, repeatable);
      // Undone before its end is told: who hears of it reads what there is.
      const undone = (error: unknown): never => {
        unit.undo();
        throw error;
      };
      return this.tryUnit(unit, work, (whole) => whole().catch(undone));
    });
    this.last = run.catch(() => undefined);
    return run;
  }
}
