import type { Connection } from './connection.ts';
import type { Load, LoadResult } from './plan.ts';
import { Tally } from './tally.ts';
import type { Target } from './target.ts';

/** Each connection asks, waits for the answer, and asks again. Resolves when the last answer has come. */
export function closedLoop(target: Target, load: Load): Promise<LoadResult> {
  const tally = new Tally(load);
  const client = (connection: Connection): Promise<void> =>
    new Promise((done) => {
      const ask = (): void => {
        if (!tally.goesOn) return done();
        const { bytes, expectation } = target.next();
        const sentAtMs = performance.now();
        tally.sent += 1;
        connection.send(bytes, (answer) => {
          tally.answered(answer, expectation, sentAtMs);
          ask();
        });
      };
      ask();
    });
  return Promise.all(target.connections(load.connections).map(client)).then(() => tally.result());
}
