import type { Answer } from '../../stage/ask.ts';
import { SLACK_MS } from '../../stage/slack.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const READS = 30;
/** REDIS_COMMAND_TIMEOUT_MS, unless set, for reading and for a limit. */
const WAIT_MS = 200;

export const REDIS_GONE: Trial = {
  promise: 'C2',
  says: 'A Redis that is silent or dead costs milliseconds, and no errors',
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
    const statuses = new Set([...silent, ...dead].map(({ status }) => status));
    const longest = (answers: readonly Answer[]): number => Math.max(...answers.map(({ tookMs }) => tookMs));
    return together([
      fact('statuses', [...statuses].join(), '200'),
      within('longest while silent', longest(silent), 2 * WAIT_MS + SLACK_MS),
      within('longest while dead', longest(dead), WAIT_MS + SLACK_MS),
    ]);
  },
};
