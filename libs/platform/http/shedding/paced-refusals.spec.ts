import { describe, expect, it } from '@jest/globals';
import { PacedRefusals } from './paced-refusals.js';

/** An event loop whose turns are taken by hand, and a time that the work itself takes. */
class HandTurnedLoop {
  private timeMs = 1000;
  private due: (() => void)[] = [];

  readonly turns = {
    computedMs: () => this.timeMs,
    nowMs: () => this.timeMs,
    next: (work: () => void) => void this.due.push(work),
  };

  pass(ms: number): void {
    this.timeMs += ms;
  }

  turn(): void {
    const due = this.due;
    this.due = [];
    for (const work of due) work();
  }
}

const EACH_MS = 0.01;

describe('paced refusals', () => {
  const setUp = () => {
    const loop = new HandTurnedLoop();
    const answered: number[] = [];
    const refusals = new PacedRefusals<number>((each) => {
      answered.push(each);
      loop.pass(EACH_MS);
    }, loop.turns);
    const add = (from: number, to: number): void => {
      for (let each = from; each < to; each += 1) refusals.add(each);
    };
    return { loop, answered, refusals, add };
  };

  it('come when those that have arrived beside them have had their turn, in their order', () => {
    const { loop, answered, add } = setUp();
    loop.pass(1);
    add(0, 3);

    expect(answered).toEqual([]);
    loop.turn();
    expect(answered).toEqual([0, 1, 2]);
  });

  it('take a twentieth of what the others take, turn after turn', () => {
    const { loop, answered, add } = setUp();
    add(0, 1000);
    const perTurn = [1.95, 0.95, 0.45].map((othersMs) => {
      const before = answered.length;
      loop.pass(othersMs);
      loop.turn();
      return answered.length - before;
    });

    expect(perTurn).toEqual([10, 5, 3]);
  });

  it('come forward by one in each turn, if the loop has nothing else to do or nothing left to give', () => {
    const { loop, answered, add } = setUp();
    add(0, 3);
    for (let turn = 1; turn <= 3; turn += 1) {
      loop.turn();
      expect(answered).toHaveLength(turn);
    }
  });

  it('take a fifth of what the others take when their clients have waited a second', () => {
    const { loop, answered, add } = setUp();
    add(0, 10_000);
    const perTurn = Array.from({ length: 700 }, () => {
      const before = answered.length;
      loop.pass(1.95);
      loop.turn();
      return answered.length - before;
    });

    expect(perTurn[400]).toBe(10); // 0.8 s have passed
    expect(perTurn[600]).toBe(39);
  });

  it('come in portions after a long computation', () => {
    const { loop, answered, add } = setUp();
    loop.pass(60_000);
    add(0, 10_000);
    loop.turn();

    expect(answered.length).toBeLessThanOrEqual(501);
    expect(answered.length).toBeGreaterThanOrEqual(499);
  });

  it('are known as long as they wait', () => {
    const { loop, refusals, add } = setUp();
    add(0, 2);
    expect([...refusals]).toEqual([0, 1]);
    loop.turn();
    expect([...refusals]).toEqual([1]);
    loop.turn();
    expect([...refusals]).toEqual([]);
  });

  it('come each once, in a flood that never ends', () => {
    const { loop, answered, refusals, add } = setUp();
    for (let turn = 0; turn < 500; turn += 1) {
      add(turn * 20, (turn + 1) * 20);
      loop.pass(1.95);
      loop.turn();
    }

    expect(answered).toEqual(Array.from(answered, (_, index) => index));
    expect(answered.length + [...refusals].length).toBe(10_000);
  });

  it('begin anew when all were answered', () => {
    const { loop, answered, add } = setUp();
    add(0, 1);
    loop.turn();
    loop.turn();
    add(1, 2);
    loop.turn();

    expect(answered).toEqual([0, 1]);
  });
});
