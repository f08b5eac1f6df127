/**
 * An order as somebody writes it who has Fastify, pg and no house: the same rows as the store keeps (stock, its book, order,
 * lines, event, answer of the key), a prepared statement for each table, between BEGIN and COMMIT. It verifies no token,
 * claims no key beforehand and tells nobody of the event; that is in favour of this one.
 */
import { createHash, randomUUIDv7 } from 'node:crypto';
import { fastify } from 'fastify';
import pg from 'pg';
import { listening } from './listening.mjs';
import { STATEMENTS } from './order-statements.mjs';

const DAY_MS = 86_400_000;
const CUSTOMER = 'bench-customer';
const ROUTE = '/v1/orders';

/** As many connections as the store has (DATABASE_POOL_MAX). */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const sha256 = (text) => createHash('sha256').update(text).digest();

async function place(client, lines, key, requestId) {
  const run = (statement, values) => client.query({ ...statement, values });
  const [id, now] = [randomUUIDv7(), new Date()];
  const { rows } = await run(STATEMENTS.takeStock, [
    lines.map(({ productId }) => productId),
    lines.map(({ quantity }) => quantity),
    now,
  ]);
  if (rows.length < lines.length) throw new Error('Out of stock.');
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  await run(STATEMENTS.noteStock, [
    lines.map(() => randomUUIDv7()),
    lines.map(({ productId }) => productId),
    lines.map(({ quantity }) => -quantity),
    `Order ${id} placed`,
    lines.map(({ productId }) => rowOf.get(productId).stock),
    now,
    CUSTOMER,
  ]);
  const priced = lines.map(({ productId, quantity }) => {
    const { price_amount: amount, price_currency: currency } = rowOf.get(productId);
    return { productId, quantity, unitPrice: { amount: Number(amount), currency } };
  });
  const amount = priced.reduce((sum, line) => sum + line.quantity * line.unitPrice.amount, 0);
  const { currency } = priced[0].unitPrice;
  await run(STATEMENTS.addOrder, [id, CUSTOMER, 'placed', amount, currency, 1, now]);
  await run(STATEMENTS.addLines, [
    id,
    priced.map(({ productId }) => productId),
    priced.map((_, position) => position),
    priced.map(({ quantity }) => quantity),
    priced.map(({ unitPrice }) => unitPrice.amount),
  ]);
  const [total, placedAt] = [{ amount, currency }, now.toISOString()];
  const data = { orderId: id, customerId: CUSTOMER, lines: priced, total, placedAt };
  const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-00`;
  await run(STATEMENTS.tell, [randomUUIDv7(), 'orders.order-placed.v1', id, now, traceparent, JSON.stringify(data)]);
  const answer = JSON.stringify({
    id,
    status: 'placed',
    lines: priced,
    total,
    version: 1,
    placedAt,
    cancelledAt: null,
  });
  await run(STATEMENTS.keepAnswer, [
    sha256(JSON.stringify([CUSTOMER, 'POST', ROUTE, key])),
    sha256(JSON.stringify(lines)),
    CUSTOMER,
    'POST',
    ROUTE,
    requestId,
    201,
    JSON.stringify({ 'content-type': 'application/json; charset=utf-8', etag: '"1"', location: `${ROUTE}/${id}` }),
    answer,
    now,
    new Date(now.getTime() + DAY_MS),
  ]);
  return answer;
}

async function inTransaction(work) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

const server = fastify();
server.post(ROUTE, async (request, reply) => {
  const key = request.headers['idempotency-key'];
  const answer = await inTransaction((client) => place(client, request.body.lines, key, request.id));
  return reply.status(201).type('application/json; charset=utf-8').send(answer);
});
await server.listen({ port: 0, host: '127.0.0.1' });
listening(server.server);
