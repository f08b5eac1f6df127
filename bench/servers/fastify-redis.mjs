/** Fastify and node-redis: the product is asked for, parsed and answered. */
import { fastify } from 'fastify';
import { createClient } from 'redis';
import { listening } from './listening.mjs';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();
for (const [id, product] of Object.entries(JSON.parse(process.env.BENCH_PRODUCTS ?? '{}'))) {
  await client.set(`bench:product:${id}`, JSON.stringify(product));
}

const server = fastify();
server.get('/v1/products/:id', async (request) => JSON.parse(await client.get(`bench:product:${request.params.id}`)));
await server.listen({ port: 0, host: '127.0.0.1' });
listening(server.server);
