import { randomUUID } from 'node:crypto';
import { field } from '../../stage/ask.ts';
import { rowsOf } from '../../stage/databases.ts';
import { atLeast, fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const BUYERS = 12;
const KILLED_AFTER = 40;
const STOCK = 5_000;
const PLACED = 'orders.order-placed.v1';
const MARKED = `
  SELECT l.order_id AS id FROM orders.order_lines l WHERE l.product_id = $1`;

/** Sabotages that this is for: an answer that is not kept, an event that is recorded beside its transaction. */
export const KILLED_REPLICA: Trial = {
  promise: 'C5',
  says: 'A replica that is killed in the midst of orders loses none, and doubles none',
  how: '12 buyers at a replica, kill -9, all orders again under their keys at another; orders, stock, events in the database',

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
    ]);
  },
};
