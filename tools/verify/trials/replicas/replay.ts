import { EventWitness } from '../../../../test/faults/orders/support/event-witness.ts';
import { pollUntil } from '../../../process/wait.ts';
import { field } from '../../stage/ask.ts';
import { runEntry } from '../../stage/databases.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const SENT_MS = 15_000;
const PLACED = 'orders.order-placed.v1';

export const REPLAY: Trial = {
  promise: 'C5',
  says: 'What was told can be told again by a command',
  how: 'an order, and then `outbox.js replay --sent` for its type since a minute ago; the stream before and after',
  needs: ['nats'],

  run: async (stage) => {
    const { first, shop, database } = stage;
    const product = await shop.onSale(first);
    const placed = await shop.order(first, 'verify-replay', product);
    const id = String(field(placed.json, 'id'));
    const witness = await EventWitness.at({ url: stage.urlOf('nats') }, stage.streamName);
    stage.later(() => witness.close());
    const told = async (): Promise<number> =>
      (await witness.events(PLACED)).filter(({ subject }) => subject === id).length;
    const until = (count: number): Promise<unknown> =>
      pollUntil(async () => ((await told()) >= count ? true : null), { timeoutMs: SENT_MS });
    await until(1);
    const before = await told();
    const since = new Date(Date.now() - 60_000).toISOString();
    const words = ['replay', '--sent', '--type', 'orders.order-placed', '--since', since];
    await runEntry(stage.options.release, 'outbox', stage.envWith({ DATABASE_URL: database.serviceUrl }), {
      args: words,
    });
    await until(2);
    return together([fact('told', before, 1), fact('after the replay', await told(), 2)]);
  },
};
