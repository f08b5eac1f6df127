/** Fastify and pg, with statements that Postgres has prepared under their names: the fastest way that pg knows. */
import { fastify } from 'fastify';
import pg from 'pg';
import { listening } from './listening.mjs';
import { PRODUCT_COLUMNS, productOf } from './product-json.mjs';

/** As many connections as the store has (DATABASE_POOL_MAX). */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const FIND = { name: 'find', text: `SELECT ${PRODUCT_COLUMNS} FROM catalog.products WHERE id = $1` };
/** One more than the page, to know whether more follow; the store answers with a sealed cursor then. */
const LIST = {
  name: 'list',
  text: `SELECT ${PRODUCT_COLUMNS} FROM catalog.products ORDER BY created_at DESC, id DESC LIMIT $1`,
};

const server = fastify();
server.get('/v1/products/:id', async (request) => {
  const { rows } = await pool.query({ ...FIND, values: [request.params.id] });
  return productOf(rows[0]);
});
server.get('/v1/products', async (request) => {
  const limit = Number(request.query.limit);
  const { rows } = await pool.query({ ...LIST, values: [limit + 1] });
  return { items: rows.slice(0, limit).map(productOf), nextCursor: rows.length > limit ? 'more' : null };
});
await server.listen({ port: 0, host: '127.0.0.1' });
listening(server.server);
