import { describe, expect, it } from '@jest/globals';
import { EventOutbox } from './event-outbox.js';
import { onceEnded, Unit, type UnitOutcome } from './current-unit.js';
import { JoiningUnitOfWork } from './joining-unit-of-work.js';

class SilentOutbox extends EventOutbox {
  override async append(): Promise<void> {}
  override committed(): void {}
}

/** A unit whose store confirms what it keeps, or is lost at that moment. */
class ScriptedUnitOfWork extends JoiningUnitOfWork {
  constructor(private readonly confirms: boolean) {
    super(new SilentOutbox());
  }

  protected override runWhole<T>(work: () => Promise<T>): Promise<T> {
    return this.tryUnit(new Unit('read committed', false), work, async (whole) => {
      const result = await whole();
      if (!this.confirms) throw new Error('lost in COMMIT');
      return result;
    });
  }
}

describe('the end of a unit of work', () => {
  const outcomeOf = async (unit: JoiningUnitOfWork, work: () => Promise<void>): Promise<UnitOutcome[]> => {
    const told: UnitOutcome[] = [];
    const whole = unit.run(async () => {
      await unit.run(async () => void onceEnded(async (outcome) => void told.push(outcome))); // a part has no end of its own
      expect(told).toEqual([]);
      await work();
    });
    await whole.catch(() => undefined);
    return told;
  };

  it.each<[UnitOutcome, string, boolean, () => Promise<void>]>([
    ['kept', 'the store has confirmed it', true, async () => undefined],
    ['undone', 'the work failed', true, async () => Promise.reject(new Error('refused'))],
    ['unknown', 'the store was lost while it kept it', false, async () => undefined],
  ])('is told once as "%s" when %s', async (outcome, _when, confirms, work) => {
    expect(await outcomeOf(new ScriptedUnitOfWork(confirms), work)).toEqual([outcome]);
  });

  it('is told before whoever began the unit hears of it', async () => {
    const unit = new ScriptedUnitOfWork(true);
    const heard: string[] = [];
    await unit
      .run(async () => {
        onceEnded(async () => {
          await new Promise((resolve) => setImmediate(resolve));
          heard.push('listener');
        });
      })
      .then(() => heard.push('caller'));

    expect(heard).toEqual(['listener', 'caller']);
  });

  it('comes never outside of a unit', () => {
    expect(onceEnded(async () => undefined)).toBe(false);
  });
});
