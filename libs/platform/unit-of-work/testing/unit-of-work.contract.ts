import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#kernel/domain-event';
import { newId } from '#kernel/id';
import type { UnitOfWork } from '#kernel/unit-of-work';
import { runOutsideRequest } from '#platform/context';

/** Something that takes part in units: a shelf of texts. */
export interface Shelf {
  put(text: string): Promise<void>;
  all(): Promise<readonly string[]>;
}

/** What a unit of work over some store is tried with. */
export interface Workshop {
  readonly unitOfWork: UnitOfWork;
  readonly shelf: Shelf;
  /** Types of the events that are kept now, in order. */
  told(): Promise<readonly string[]>;
  /** How often it was said that kept events may be told. */
  commits(): number;
}

const anEvent = (type: string): DomainEvent => ({
  id: newId(),
  type,
  subject: newId(),
  occurredAt: new Date(),
  data: {},
});

/** What holds for units of work over any store. */
export function unitOfWorkContract(make: () => Promise<Workshop>): void {
  describe('as a unit of work', () => {
    let workshop: Workshop;
    beforeEach(async () => {
      workshop = await make();
    });

    const fail = (): never => {
      throw new Error('no');
    };

    it('keeps what was done, and gives the result', async () => {
      const { unitOfWork, shelf } = workshop;
      const result = await unitOfWork.run(async () => {
        await shelf.put('one');
        await shelf.put('two');
        return 'done';
      });
      expect(result).toBe('done');
      expect(await shelf.all()).toEqual(['one', 'two']);
    });

    it('sees its own changes', async () => {
      const { unitOfWork, shelf } = workshop;
      const seen = await unitOfWork.run(async () => {
        await shelf.put('one');
        return shelf.all();
      });
      expect(seen).toEqual(['one']);
    });

    it('leaves nothing behind of what failed', async () => {
      const { unitOfWork, shelf } = workshop;
      await shelf.put('before');
      const attempt = unitOfWork.run(async () => {
        await shelf.put('one');
        unitOfWork.record([anEvent('shelf.filled.v1')]);
        await shelf.put('two');
        fail();
      });
      await expect(attempt).rejects.toThrow('no');
      expect(await shelf.all()).toEqual(['before']);
      expect(await workshop.told()).toEqual([]);
      expect(workshop.commits()).toBe(0);
    });

    it('makes a unit inside of another a part of it', async () => {
      const { unitOfWork, shelf } = workshop;
      const attempt = unitOfWork.run(async () => {
        await unitOfWork.run(() => shelf.put('inside'));
        fail();
      });
      await expect(attempt).rejects.toThrow('no');
      expect(await shelf.all()).toEqual([]);
    });

    it('refuses a part that needs more isolation than the whole has', async () => {
      const { unitOfWork } = workshop;
      const attempt = unitOfWork.run(() => unitOfWork.run(async () => undefined, { isolation: 'serializable' }), {
        isolation: 'repeatable read',
      });
      await expect(attempt).rejects.toThrow(/"serializable" can't join .* "repeatable read"/);
    });

    it('takes in a part that needs less', async () => {
      const { unitOfWork } = workshop;
      const whole = unitOfWork.run(() => unitOfWork.run(async () => 'fine', { isolation: 'repeatable read' }), {
        isolation: 'serializable',
      });
      expect(await whole).toBe('fine');
    });

    it('keeps events in the order of their recording, those of its parts too, and says once that they may be told', async () => {
      const { unitOfWork } = workshop;
      await unitOfWork.run(async () => {
        unitOfWork.record([anEvent('shelf.opened.v1'), anEvent('shelf.filled.v1')]);
        await unitOfWork.run(async () => unitOfWork.record([anEvent('shelf.closed.v1')]));
      });
      expect(await workshop.told()).toEqual(['shelf.opened.v1', 'shelf.filled.v1', 'shelf.closed.v1']);
      expect(workshop.commits()).toBe(1);
    });

    it('says nothing where nothing was recorded', async () => {
      const { unitOfWork, shelf } = workshop;
      await unitOfWork.run(() => shelf.put('one'));
      expect(workshop.commits()).toBe(0);
    });

    it('takes no event outside of a unit: it would be kept with no change', () => {
      expect(() => workshop.unitOfWork.record([anEvent('shelf.filled.v1')])).toThrow(/in a unit of work/);
    });

    it('bounds the events of one unit', async () => {
      const { unitOfWork } = workshop;
      const many = Array.from({ length: 1_001 }, () => anEvent('shelf.filled.v1'));
      await expect(unitOfWork.run(async () => unitOfWork.record(many))).rejects.toThrow(/at most 1000 events/);
    });

    it.each([
      ['been committed', async () => undefined],
      ['failed', async () => fail()],
    ])('lets nothing join a unit that has %s: it would be lost without a word', async (_end, end) => {
      const { unitOfWork } = workshop;
      const ended = Promise.withResolvers<void>();
      const late: Promise<unknown>[] = [];
      const whole = unitOfWork.run(async () => {
        late.push(ended.promise.then(() => unitOfWork.record([anEvent('shelf.filled.v1')])));
        late.push(ended.promise.then(() => unitOfWork.run(async () => 'joined')));
        await end();
      });
      await whole.catch(() => undefined);
      ended.resolve();

      for (const part of late) await expect(part).rejects.toThrow(/unit of work is over/);
      expect(await workshop.told()).toEqual([]);
    });

    it('takes no part in what is begun outside of the request, although from within', async () => {
      const { unitOfWork, shelf } = workshop;
      await unitOfWork.run(async () => {
        expect(() => runOutsideRequest(() => unitOfWork.record([anEvent('shelf.filled.v1')]))).toThrow(
          /in a unit of work/,
        );
        await shelf.put('one');
      });
      expect(await workshop.told()).toEqual([]);
    });

    it('runs many at once, each by itself', async () => {
      const { unitOfWork, shelf } = workshop;
      const units = Array.from({ length: 20 }, (_, n) =>
        unitOfWork.run(async () => {
          await shelf.put(`unit ${n}`);
          if (n % 2 === 1) fail();
        }),
      );
      await Promise.allSettled(units);
      const even = Array.from({ length: 10 }, (_, n) => `unit ${2 * n}`);
      expect([...(await shelf.all())].sort()).toEqual(even.sort());
    });
  });
}
