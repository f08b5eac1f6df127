import { randomUUID } from 'node:crypto';
import { field } from '../../stage/ask.ts';
import { rowsOf, withClient } from '../../stage/databases.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const SUB = 'verify-one-transaction';
const STOCK = 9;
const REFUSE_EVENTS = `
  CREATE FUNCTION messaging.verify_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'this event is refused'; END $$;
  CREATE TRIGGER verify_refuses BEFORE INSERT ON messaging.outbox FOR EACH ROW EXECUTE FUNCTION messaging.verify_refuses()`;
/** At the commit, when all has been written. */
const REFUSE_ORDERS = `
  CREATE FUNCTION messaging.verify_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'this order is refused'; END $$;
  CREATE CONSTRAINT TRIGGER verify_refuses AFTER INSERT ON orders.orders DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION messaging.verify_refuses()`;
const MEND = 'DROP FUNCTION IF EXISTS messaging.verify_refuses CASCADE';
const EVENTS = 'SELECT count(*)::int AS count FROM messaging.outbox';

/** Sabotage that this is for: an outbox that is written in another transaction than the change. */
export const ONE_TRANSACTION: Trial = {
  promise: 'C5',
  says: 'A change and its event are committed together, or not at all',
  how: 'the table of events refuses a row, that of orders one at its commit, and an order is placed; then it is repeated',

  run: async (stage) => {
    const { first, shop, database } = stage;
    const product = await shop.onSale(first, { stock: STOCK });
    const admin = (sql: string): Promise<unknown> => withClient(database.adminUrl, (client) => client.query(sql));
    stage.later(async () => void (await admin(MEND)));
    await admin(REFUSE_EVENTS);
    const key = randomUUID();
    const refused = await shop.order(first, SUB, product, { key });
    const [stock, orders] = [await shop.stockOf(first, product), await shop.orders(first, SUB)];
    await admin(MEND);
    const events = async (): Promise<number | undefined> =>
      (await rowsOf<{ count: number }>(database.adminUrl, EVENTS))[0]?.count;
    const before = await events();
    await admin(REFUSE_ORDERS);
    const uncommitted = await shop.order(first, SUB, product);
    await admin(MEND);
    const after = await events();
    const again = await shop.order(first, SUB, product, { key });
    const items = field(orders.json, 'items');
    return together([
      fact(
        'without its event',
        `${refused.status}, ${Array.isArray(items) ? items.length : '?'} orders`,
        '500, 0 orders',
      ),
      fact('stock after it', stock, STOCK),
      fact('without its order', `${uncommitted.status}, ${Number(after) - Number(before)} events`, '500, 0 events'),
      fact('repeated', again.status, 201),
      fact('stock then', await shop.stockOf(first, product), STOCK - 1),
    ]);
  },
};
