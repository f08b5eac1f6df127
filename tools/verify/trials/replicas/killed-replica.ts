import { randomUUID } from 'node:crypto';
import { EventWitness } from '../../../../test/faults/orders/support/event-witness.ts';
import { pollUntil } from '../../../process/wait.ts';
import { field } from '../../stage/ask.ts';
import { rowsOf } from '../../stage/databases.ts';
import { atLeast, fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const BUYERS = 12;
const KILLED_AFTER = 40;
const STOCK = 5_000;
/** What the dead one had claimed is taken over after its claim has run out. */
const DELIVERED_MS = 25_000;
const PLACED = 'orders.order-placed.v1';
const MARKED = `
  SELECT l.order_id AS id FROM orders.order_lines l WHERE l.product_id = $1`;

/** Sabotages that this is for: an event that is sent beside its transaction, an answer that is not kept. */
export const KILLED_REPLICA: Trial = {
  promise: 'C5',
  says: 'A replica that is killed in the midst of orders loses none, doubles none, and each is told of',
  how: '12 buyers at a replica, kill -9, each unanswered order again under its key at another; database and stream',
  needs: ['nats'],
  timeoutMs: 60_000,

  run: async (stage) => {
    const { first, shop, database } = stage;
    const doomed = await (await stage.extra()).ready();
    const product = await shop.onSale(first, { stock: STOCK });
    const sent: { readonly sub: string; readonly key: string }[] = [];
    const answered = new Map<string, string>();
    const buyer = async (n: number): Promise<void> => {
      for (;;) {
        const order = { sub: `verify-k${n}`, key: randomUUID() };
        sent.push(order);
        const answer = await shop.order(doomed, order.sub, product, order).catch(() => null);
        if (answer?.status !== 201) return;
        answered.set(order.key, String(field(answer.json, 'id')));
        if (answered.size === KILLED_AFTER) await doomed.kill();
      }
    };
    await Promise.all(Array.from({ length: BUYERS }, (_, n) => buyer(n)));
    const changed: string[] = [];
    for (const { sub, key } of sent) {
      const again = await shop.order(first, sub, product, { key });
      const id = String(field(again.json, 'id'));
      if (again.status !== 201 || (answered.get(key) ?? id) !== id) changed.push(`${again.status} ${key}`);
      answered.set(key, id);
    }
    const ids = new Set(answered.values());
    const kept = await rowsOf<{ id: string }>(database.adminUrl, MARKED, [product.id]);
    const witness = await EventWitness.at({ url: stage.urlOf('nats') }, stage.streamName);
    stage.later(() => witness.close());
    const told = async (): Promise<Set<string>> =>
      new Set((await witness.events(PLACED)).map(({ subject }) => subject).filter((id) => ids.has(id)));
    await pollUntil(async () => ((await told()).size === ids.size ? true : null), { timeoutMs: DELIVERED_MS });
    const recorded = await rowsOf<{ count: number }>(
      database.adminUrl,
      'SELECT count(*)::int AS count FROM messaging.outbox WHERE type = $1 AND subject = ANY ($2)',
      [PLACED, [...ids]],
    );
    return together([
      atLeast('asked for', sent.length, KILLED_AFTER),
      fact('other answers under a key', changed.length, 0),
      fact('orders kept', kept.length, sent.length),
      fact('stock', await shop.stockOf(first, product), STOCK - sent.length),
      fact('events recorded', recorded[0]?.count, sent.length),
      fact('orders told of in the stream', (await told()).size, sent.length),
    ]);
  },
};
