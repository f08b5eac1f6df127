import type { Sample } from '../../../../test/system/support/metrics.ts';
import { countByStatus } from '../../../../test/system/support/metrics.ts';
import type { Question } from '../../stage/ask.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const ROUNDS = 10;
const RANDOM_URLS = 200;
const METRIC = 'http_server_request_duration_seconds_count';

const seriesOf = (samples: readonly Sample[]): number => samples.filter(({ name }) => name === METRIC).length;

/** Sabotage that this is for: a counter that sees only what reaches a handler. */
export const COUNTED: Trial = {
  promise: 'D2',
  says: 'Every answer is counted, and no URL makes a series of its own',
  how: '10 each of 200, 400, 401, 404, 405, 413, 414 and 415, and 200 random URLs; /metrics before and after',

  run: async (stage) => {
    const { first } = stage;
    const authorization = stage.bearer('verify-counted', 'catalog:write');
    const before = await first.settledMetrics();
    const sent: Record<string, number> = {};
    const send = async (path: string, question: Question = {}): Promise<void> => {
      const { status } = await first.ask(path, question);
      sent[status] = (sent[status] ?? 0) + 1;
    };
    const create = (body: string, type = 'application/json'): Promise<void> =>
      send('/v1/products', { method: 'POST', headers: { authorization, 'content-type': type }, body });
    for (let round = 0; round < ROUNDS; round += 1) {
      await send('/v1/products?limit=1');
      await send('/v1/products?limit=x');
      await send('/v1/orders');
      await send('/nowhere');
      await send('/v1/products', { method: 'DELETE' });
      await send(`/v1/products?category=${'x'.repeat(5_000)}`);
      await create('x'.repeat(80_000));
      await create('<a/>', 'application/xml');
    }
    const expected = JSON.stringify(sent);
    const between = await first.settledMetrics();
    const counted = differenceOf(countByStatus(between), countByStatus(before));
    for (let n = 0; n < RANDOM_URLS; n += 1) await send(`/${Math.random().toString(36).slice(2)}/${n}`);
    const after = await first.settledMetrics();
    return together([
      fact('counted', JSON.stringify(counted), expected),
      fact('series more after random URLs', seriesOf(after) - seriesOf(between), 0),
    ]);
  },
};

const differenceOf = (after: Record<string, number>, before: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after)
      .map(([status, count]) => [status, count - (before[status] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
