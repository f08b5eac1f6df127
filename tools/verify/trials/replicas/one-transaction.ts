import { randomUUID } from 'node:crypto';
import { field } from '../../stage/ask.ts';
import { withClient } from '../../stage/databases.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const SUB = 'verify-one-transaction';
const STOCK = 9;
const REFUSE = `
  CREATE FUNCTION messaging.verify_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'this event is refused'; END $$;
  CREATE TRIGGER verify_refuses BEFORE INSERT ON messaging.outbox FOR EACH ROW EXECUTE FUNCTION messaging.verify_refuses()`;
const MEND = 'DROP FUNCTION IF EXISTS messaging.verify_refuses CASCADE';

/** Sabotage that this is for: an outbox that is written in another transaction than the change. */
export const ONE_TRANSACTION: Trial = {
  promise: 'C5',
  says: 'A change and its event are committed together, or not at all',
  how: 'the table of events refuses rows, and an order is placed; then it takes them, and the order is repeated',

  run: async (stage) => {
    const { first, shop, database } = stage;
    const product = await shop.onSale(first, { stock: STOCK });
    const admin = (sql: string): Promise<unknown> => withClient(database.adminUrl, (client) => client.query(sql));
    stage.later(async () => void (await admin(MEND)));
    await admin(REFUSE);
    const key = randomUUID();
    const refused = await shop.order(first, SUB, product, { key });
    const [stock, orders] = [await shop.stockOf(first, product), await shop.orders(first, SUB)];
    await admin(MEND);
    const again = await shop.order(first, SUB, product, { key });
    const items = field(orders.json, 'items');
    return together([
      fact('order', refused.status, 500),
      fact('stock after it', stock, STOCK),
      fact('orders after it', Array.isArray(items) ? items.length : items, 0),
      fact('repeated', again.status, 201),
      fact('stock then', await shop.stockOf(first, product), STOCK - 1),
    ]);
  },
};
