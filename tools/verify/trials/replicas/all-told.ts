import { EventWitness } from '../../../../test/faults/orders/support/event-witness.ts';
import { pollUntil } from '../../../process/wait.ts';
import { rowsOf } from '../../stage/databases.ts';
import { atLeast, fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { GARBAGE } from './inbox.ts';

/** What a relay that was killed had claimed is free after 30 s; then come the round of another, and a broker that was away. */
const DELIVERED_MS = 57_000;
const PLACED = 'orders.order-placed.v1';
/** The sample orders are older than the run, and nobody is told of them. */
const OF_THIS_RUN = `SELECT id FROM orders.orders WHERE customer_id LIKE 'verify-%'`;

/** Run last: the orders of all trials, whatever was broken meanwhile. */
export const ALL_TOLD: Trial = {
  promise: 'C5',
  says: 'Of every order that was kept one event is told, and of no other',
  how: 'all orders of this run in the database against the stream, when what was killed or cut off is over',
  needs: ['nats'],
  timeoutMs: 90_000,

  run: async (stage) => {
    const { database, first, shop } = stage;
    await shop.order(first, 'verify-all-told', await shop.onSale(first));
    const witness = await EventWitness.at({ url: stage.urlOf('nats') }, stage.streamName);
    stage.later(() => witness.close());
    const kept = (await rowsOf<{ id: string }>(database.adminUrl, OF_THIS_RUN)).map(({ id }) => id);
    /** Event by order: a replay, or a relay that was killed, may tell of the same event again. */
    const told = async (): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
      const events = new Map<string, Set<string>>();
      for (const { id, subject } of await witness.events(PLACED)) {
        events.set(subject, (events.get(subject) ?? new Set()).add(id));
      }
      return events;
    };
    const missing = async (): Promise<number> => {
      const events = await told();
      return kept.filter((id) => !events.has(id)).length;
    };
    await pollUntil(async () => (await missing()) === 0 || null, { timeoutMs: DELIVERED_MS });
    const events = await told();
    return together([
      atLeast('orders', kept.length, 1),
      fact('not told of', await missing(), 0),
      fact('told of and not kept', [...events.keys()].filter((id) => id !== GARBAGE && !kept.includes(id)).length, 0),
      fact('with two events', [...events.values()].filter((ids) => ids.size > 1).length, 0),
    ]);
  },
};
