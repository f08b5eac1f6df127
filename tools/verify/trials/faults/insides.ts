import { problemFault } from '../../api/problem.ts';
import { rowsOf } from '../../stage/databases.ts';
import { field } from '../../stage/ask.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

/** Sabotage that this is for: a filter that hands the stack on. */
export const INSIDES: Trial = {
  promise: 'B2',
  says: 'Of a fault inside the client learns a code and an id, and the log the stack',
  how: 'a table is renamed behind the back of the service, and read; the log is asked by the id in the answer',

  run: async (stage) => {
    const { first, shop, database } = stage;
    const rename = (from: string, to: string): Promise<object[]> =>
      rowsOf(database.adminUrl, `ALTER TABLE orders.${from} RENAME TO ${to}`);
    await rename('orders', 'orders_away');
    stage.later(async () => void (await rename('orders_away', 'orders')));
    const answer = await shop.orders(first, 'verify-insides');
    const requestId = field(answer.json, 'requestId');
    const line = await first.logged(
      (entry) => entry['requestId'] === requestId && typeof field(entry['err'], 'stack') === 'string',
    );
    const fault = problemFault(answer, { status: 500, code: 'platform.internal-error' });
    const told = /orders_away|relation|SELECT|42P01/.test(answer.text);
    return together([
      fact('answer', fault ?? 'a problem of code and id', 'a problem of code and id'),
      fact('its cause in the answer', told, false),
      fact('log', `${line.level} with stack`, 'error with stack'),
    ]);
  },
};
