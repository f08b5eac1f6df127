import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

export const ORDER_PLACED = 'orders.order-placed.v1';
export const ORDER_CANCELLED = 'orders.order-cancelled.v1';

const DRAIN_POLL_MS = 20;

export interface KeptOrder {
  readonly id: string;
  readonly customerId: string;
  readonly status: 'placed' | 'cancelled';
}

export interface Movement {
  readonly productId: string;
  readonly delta: number;
  readonly reason: string;
}

/** Pairs of what was bought together, and how often: as counted, and as the orders that stand say. */
const MISCOUNTED = `
  WITH line AS (
    SELECT order_id, product_id, count(*) OVER (PARTITION BY order_id) AS lines
    FROM orders.order_lines JOIN orders.orders ON orders.id = order_id WHERE status = 'placed'
  ), bought AS (
    SELECT one.product_id, other.product_id AS other_id, count(*)::integer AS purchases
    FROM line AS one JOIN line AS other USING (order_id) WHERE one.lines > 1 GROUP BY 1, 2
  )
  SELECT count(*)::integer AS count FROM bought
  FULL JOIN recommendations.companions AS counted USING (product_id, other_id)
  WHERE bought.purchases IS DISTINCT FROM counted.purchases`;

/** What a database holds of a shop, read behind the back of its stores. */
export class Ledger {
  private constructor(private readonly client: pg.Client) {}

  static async of(adminUrl: string): Promise<Ledger> {
    const client = new pg.Client({ connectionString: adminUrl, application_name: 'ledger' });
    client.on('error', () => undefined); // the next question hears of it, too
    await client.connect();
    return new Ledger(client);
  }

  orders(): Promise<KeptOrder[]> {
    return this.rows('SELECT id, customer_id AS "customerId", status FROM orders.orders ORDER BY id');
  }

  async stockOf(productId: string): Promise<number> {
    const rows = await this.rows<{ stock: number }>('SELECT stock FROM catalog.products WHERE id = $1', [productId]);
    return rows[0]?.stock ?? NaN;
  }

  /** The book of stock: every line since these products were made. */
  movements(...productIds: readonly string[]): Promise<Movement[]> {
    return this.rows(
      'SELECT product_id AS "productId", delta, reason FROM catalog.stock_adjustments WHERE product_id = ANY ($1::uuid[])',
      [productIds],
    );
  }

  /** By how much the stock moved, as the book has it. */
  async movedBy(productId: string): Promise<number> {
    return (await this.movements(productId)).reduce((sum, { delta }) => sum + delta, 0);
  }

  /** Of which orders such an event is told, each as often as it is told, in the order of their ids. */
  async toldOf(type: string): Promise<string[]> {
    const rows = await this.rows<{ subject: string }>(
      'SELECT subject FROM messaging.outbox WHERE type = $1 ORDER BY subject',
      [type],
    );
    return rows.map(({ subject }) => subject);
  }

  /** Purchases that the recommendations know, and which of them no longer count. */
  purchases(): Promise<{ readonly id: string; readonly forgotten: boolean }[]> {
    return this.rows('SELECT id, forgotten_at IS NOT NULL AS forgotten FROM recommendations.purchases ORDER BY id');
  }

  /** Events of orders that a consumer has not entered in its inbox, and entries there without such an event. */
  async unmatchedInInbox(consumer: string): Promise<number> {
    return this.count(
      `SELECT count(*)::integer AS count
       FROM (SELECT id FROM messaging.outbox WHERE type LIKE 'orders.%') AS told
       FULL JOIN (SELECT event_id FROM messaging.inbox WHERE consumer = $1) AS taken ON taken.event_id = told.id
       WHERE told.id IS NULL OR taken.event_id IS NULL`,
      [consumer],
    );
  }

  /** Pairs of products whose count is not that of the orders that stand: an effect that came twice, or never. */
  miscountedPairs(): Promise<number> {
    return this.count(MISCOUNTED);
  }

  /** How often somebody had to give way, so far as the server has counted it. */
  deadlocks(): Promise<number> {
    return this.count('SELECT deadlocks::integer AS count FROM pg_stat_database WHERE datname = current_database()');
  }

  /** A lease lasts for a minute, also one of a process that was killed: that minute has passed. */
  async endLeases(): Promise<void> {
    await this.client.query('UPDATE messaging.outbox SET claimed_until = now() WHERE sent_at IS NULL');
  }

  /** Resolves when every event is sent. */
  async drained(withinMs = 15_000): Promise<void> {
    const endsAtMs = performance.now() + withinMs;
    for (;;) {
      const unsent = await this.count('SELECT count(*)::integer AS count FROM messaging.outbox WHERE sent_at IS NULL');
      if (unsent === 0) return;
      if (performance.now() > endsAtMs) throw new Error(`${unsent} events are not sent.`);
      await delay(DRAIN_POLL_MS);
    }
  }

  close(): Promise<void> {
    return this.client.end();
  }

  private async count(sql: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.rows<{ count: number }>(sql, values))[0]?.count ?? NaN;
  }

  private async rows<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(sql, [...values])).rows;
  }
}
