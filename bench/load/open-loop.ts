import type { Connection } from './connection.ts';
import type { Load, LoadResult } from './plan.ts';
import { Tally } from './tally.ts';
import type { Target } from './target.ts';

const TICK_MS = 1;
/** Beyond it those that are late are given up: a load that stood still for a moment must not catch up as a burst. */
const BURST_MAX = 100;

/**
 * Asks at a rate, whether it is answered or not: what comes from outside does not wait for us. A request that finds no free
 * connection is not sent, and counted. Resolves when the last answer has come.
 */
export function openLoop(target: Target, load: Load & { readonly ratePerSecond: number }): Promise<LoadResult> {
  const tally = new Tally(load);
  const free: Connection[] = [...target.connections(load.connections)];
  let waiting = 0;
  return new Promise((done) => {
    const ask = (connection: Connection): void => {
      const { bytes, expectation } = target.next();
      const sentAtMs = performance.now();
      tally.sent += 1;
      waiting += 1;
      connection.send(bytes, (answer) => {
        waiting -= 1;
        free.push(connection);
        tally.answered(answer, expectation, sentAtMs);
      });
    };
    const tick = setInterval(() => {
      if (!tally.goesOn) {
        if (waiting > 0) return;
        clearInterval(tick);
        return done(tally.result());
      }
      const due = Math.floor((tally.elapsedMs / 1_000) * load.ratePerSecond) - tally.due;
      tally.due += due;
      for (let count = Math.min(due, BURST_MAX); count > 0; count -= 1) {
        const connection = free.shift();
        if (connection) ask(connection);
      }
    }, TICK_MS);
  });
}
