/** Fastify as its documentation begins: a tiny answer, and a product that lies ready in memory. */
import { fastify } from 'fastify';
import { listening } from './listening.mjs';

const products = new Map(Object.entries(JSON.parse(process.env.BENCH_PRODUCTS ?? '{}')));

const server = fastify();
server.get('/v1/tiny', async () => ({ status: 'ok' }));
server.get('/v1/products/:id', async (request) => products.get(request.params.id));
await server.listen({ port: 0, host: '127.0.0.1' });
listening(server.server);
