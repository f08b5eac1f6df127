import { randomUUID } from 'node:crypto';
import { EventWitness } from '../../../../test/faults/orders/support/event-witness.ts';
import { pollUntil } from '../../../process/wait.ts';
import { field } from '../../stage/ask.ts';
import { rowsOf } from '../../stage/databases.ts';
import { sumOf } from '../../stage/sum.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const CONSUMED_MS = 20_000;
const PLACED = 'orders.order-placed.v1';
const CONSUMED = 'events_consumed_total';
/** Bought together so often. */
const LEARNED = 'SELECT purchases FROM recommendations.companions WHERE product_id = $1 AND other_id = $2';

/** The subject of the event that is none, for who counts events later. */
export const GARBAGE = 'verify-garbage';

export const INBOX: Trial = {
  promise: 'C6',
  says: 'An event that comes twice has its effect once, and one that nobody can take is parked',
  how: 'a replica with the consumer in it; an order, its event again as another message, one that is garbage, an order',
  needs: ['nats'],
  timeoutMs: 60_000,

  run: async (stage) => {
    const { shop, database } = stage;
    const replica = await (await stage.extra({ RECOMMENDER_URL: undefined })).ready();
    const pair = [await shop.onSale(replica, { stock: 100 }), await shop.onSale(replica, { stock: 100 })] as const;
    const order = async (): Promise<string> =>
      String(field((await shop.order(replica, 'verify-inbox', pair)).json, 'id'));
    const outcome = async (name: string): Promise<number> =>
      sumOf(await replica.metrics(), CONSUMED, { outcome: name });
    const learned = async (): Promise<number> => {
      const rows = await rowsOf<{ purchases: number }>(
        database.adminUrl,
        LEARNED,
        pair.map(({ id }) => id),
      );
      return rows[0]?.purchases ?? 0;
    };
    const until = (ask: () => Promise<boolean>): Promise<unknown> =>
      pollUntil(async () => (await ask()) || null, { timeoutMs: CONSUMED_MS });
    const first = await order();
    await until(async () => (await learned()) > 0);
    const witness = await EventWitness.at({ url: stage.urlOf('nats') }, stage.streamName);
    stage.later(() => witness.close());
    const duplicates = await outcome('duplicate');
    await witness.put(PLACED, await eventOf(database.adminUrl, first));
    await until(async () => (await outcome('duplicate')) > duplicates);
    const doubled = await learned();
    await witness.put(
      PLACED,
      JSON.stringify({ specversion: '1.0', id: randomUUID(), type: PLACED, source: '/verify', subject: GARBAGE }),
    );
    const parked = (): Promise<unknown[]> => rowsOf(database.adminUrl, 'SELECT FROM messaging.parked_events');
    await until(async () => (await parked()).length > 0);
    await order();
    await until(async () => (await learned()) > doubled);
    return together([
      fact('taken as a duplicate', (await outcome('duplicate')) - duplicates, 1),
      fact('purchases learned of', doubled, 1),
      fact('parked', (await parked()).length, 1),
      fact('after the next order', await learned(), 2),
    ]);
  },
};

/** The event as the relay would send it, from the outbox. */
async function eventOf(adminUrl: string, orderId: string): Promise<string> {
  const rows = await rowsOf<{ id: string; occurred_at: Date; traceparent: string; data: unknown }>(
    adminUrl,
    'SELECT id, occurred_at, traceparent, data FROM messaging.outbox WHERE type = $1 AND subject = $2',
    [PLACED, orderId],
  );
  const [row] = rows;
  if (!row) throw new Error('The order has no event.');
  const { id, occurred_at: time, traceparent, data } = row;
  const envelope = { specversion: '1.0', id, source: '/store', type: PLACED, subject: orderId, time, traceparent };
  return JSON.stringify({ ...envelope, datacontenttype: 'application/json', data });
}
