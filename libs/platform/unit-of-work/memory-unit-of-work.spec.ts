import { describe, expect, it } from '@jest/globals';
import { aUnitOfWork } from '#platform/testing';
import { onceEnded, undoneBy } from './current-unit.js';
import { unitOfWorkContract } from './testing/unit-of-work.contract.js';

describe('MemoryUnitOfWork', () => {
  unitOfWorkContract(async () => {
    const { unitOfWork, outbox } = aUnitOfWork();
    const texts: string[] = [];
    const shelf = {
      async put(text: string) {
        texts.push(text);
        undoneBy(() => texts.splice(texts.indexOf(text), 1));
      },
      all: async () => [...texts],
    };
    return {
      unitOfWork,
      shelf,
      told: async () => outbox.events.map(({ type }) => type),
      commits: () => outbox.commits,
    };
  });

  it('takes back two changes of one thing in the order that leaves what was before', async () => {
    const { unitOfWork } = aUnitOfWork();
    let row = 'first';
    const change = (to: string): void => {
      const before = row;
      row = to;
      undoneBy(() => (row = before));
    };
    const attempt = unitOfWork.run(async () => {
      change('second');
      change('third');
      throw new Error('no');
    });

    await expect(attempt).rejects.toThrow('no');
    expect(row).toBe('first');
  });

  it('is undone before its end is told, so that who hears of it reads what there is', async () => {
    const { unitOfWork } = aUnitOfWork();
    let row = 'first';
    const heard: string[] = [];
    const attempt = unitOfWork.run(async () => {
      onceEnded(async (outcome) => void heard.push(outcome, row));
      row = 'second';
      undoneBy(() => (row = 'first'));
      throw new Error('no');
    });

    await expect(attempt).rejects.toThrow('no');
    expect(heard).toEqual(['undone', 'first']);
  });

  it('tells a store whose change comes too late to be taken back', async () => {
    const ended = Promise.withResolvers<void>();
    let late: Promise<void> | undefined;
    await aUnitOfWork().unitOfWork.run(async () => {
      late = ended.promise.then(() => undoneBy(() => undefined));
    });
    ended.resolve();

    await expect(late).rejects.toThrow(/unit of work is over/);
  });
});
