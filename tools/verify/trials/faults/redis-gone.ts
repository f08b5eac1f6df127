import { type Answer, field } from '../../stage/ask.ts';
import type { Replica } from '../../stage/replica.ts';
import { SLACK_MS } from '../../stage/slack.ts';
import { sumOf } from '../../stage/sum.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { recovery } from './recovery.ts';

const READS = 30;
/** REDIS_COMMAND_TIMEOUT_MS, unless set, for reading and for a limit. */
const WAIT_MS = 200;
/** Its breaker is open for 2 s and a fifth, and a client that has lost it comes back within as much again. */
const RECOVERY_MS = 5_000;

/** Its breaker lets everything through, and readiness says nothing of it. */
const sharesAgain = async (replica: Replica): Promise<boolean> => {
  await replica.ask('/v1/products?limit=1');
  const open = sumOf(await replica.metrics(), 'dependency_breaker_state', { dependency: 'redis' });
  return open === 0 && field(field(await healthOf(replica), 'redis'), 'status') === 'up';
};

const healthOf = async (replica: Replica): Promise<unknown> => field((await replica.manage('/health')).json, 'details');

export const REDIS_GONE: Trial = {
  promise: 'C2',
  says: 'A Redis that is silent or dead costs milliseconds, and no errors; it is used again when it is back',
  how: '30 reads of one product at both replicas, and a change, while Redis is a black hole, and while nobody listens',
  needs: ['redis'],

  run: async (stage) => {
    const { shop, ways } = stage;
    const usual = { REDIS_COMMAND_TIMEOUT_MS: undefined };
    const both = await Promise.all([stage.extra(usual), stage.extra(usual)]);
    for (const replica of both) await replica.ready();
    const [first] = both;
    const product = await shop.onSale(first);
    const read = async (): Promise<Answer[]> => {
      const answers: Answer[] = [];
      for (let n = 0; n < READS; n += 1) answers.push(await shop.product(n % 2 === 0 ? both[0] : both[1], product));
      return [...answers, await shop.rename(first, product, `Mug ${performance.now()}`)];
    };
    await read();
    ways.redis?.blackHole();
    const silent = await read();
    await ways.redis?.down();
    const dead = await read();
    ways.redis?.heal();
    await ways.redis?.up();
    const recovered = await recovery(both, sharesAgain, RECOVERY_MS);
    const statuses = new Set([...silent, ...dead].map(({ status }) => status));
    const longest = (answers: readonly Answer[]): number => Math.max(...answers.map(({ tookMs }) => tookMs));
    return together([
      fact('statuses', [...statuses].join(), '200'),
      within('longest while silent', longest(silent), 2 * WAIT_MS + SLACK_MS),
      within('longest while dead', longest(dead), WAIT_MS + SLACK_MS),
      ...recovered,
    ]);
  },
};
