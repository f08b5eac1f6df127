import { startBaseline, startStore } from '../scene/servers.ts';
import type { CaseMaker } from './case.ts';
import { cpu, throughput } from './conditions.ts';
import { byId, LIST, productIds, UNCACHED } from './products.ts';

const PAIR = { what: 'product by id from Postgres', of: 'Mainstay', over: 'Fastify + pg' };

export const productById: CaseMaker = {
  name: 'by-id',
  make: async (scene) => ({
    name: 'by-id',
    title: 'A product by its id, from Postgres',
    questions: byId(await productIds(scene)),
    contenders: [
      { name: 'Fastify + pg', start: () => startBaseline(scene, 'fastify-pg', { DATABASE_URL: scene.database.url }) },
      { name: 'Mainstay', logs: true, start: () => startStore(scene, { name: 'store', env: UNCACHED }) },
    ],
    conditions: [throughput(PAIR, [0.55, 0.75]), cpu(PAIR, [1.6, 1.3])],
  }),
};

export const productList: CaseMaker = {
  name: 'list',
  make: async (scene) => ({
    name: 'list',
    title: 'A list of 20 products, from Postgres',
    questions: LIST,
    changing: ['nextCursor'], // sealed anew for each answer
    contenders: [
      { name: 'Fastify + pg', start: () => startBaseline(scene, 'fastify-pg', { DATABASE_URL: scene.database.url }) },
      { name: 'Mainstay', logs: true, start: () => startStore(scene, { name: 'store' }) },
    ],
    conditions: [],
  }),
};
