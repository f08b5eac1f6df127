import { startBaseline, startPipeline } from '../scene/servers.ts';
import type { CaseMaker } from './case.ts';
import { cpu, throughput } from './conditions.ts';

const PAIR = { what: 'full pipeline, tiny answer', of: 'Mainstay', over: 'bare Fastify' };

export const tiny: CaseMaker = {
  name: 'tiny',
  storeless: true,
  make: async (scene) => ({
    name: 'tiny',
    title: 'A tiny answer by the full pipeline',
    questions: [{ method: 'GET', path: '/v1/tiny' }],
    contenders: [
      { name: 'bare Fastify', start: () => startBaseline(scene, 'fastify') },
      { name: 'node:http', start: () => startBaseline(scene, 'node-http') },
      { name: 'bare Nest', start: () => startBaseline(scene, 'nest') },
      { name: 'Mainstay', logs: true, start: () => startPipeline(scene, { name: 'pipeline' }) },
    ],
    conditions: [throughput(PAIR, [0.3, 0.45]), cpu(PAIR, [2.9, 2.2])],
  }),
};

/** Beside it, not in a condition: replicas that share a Redis ask it for each request what a caller has left. */
export const tinyShared: CaseMaker = {
  name: 'tiny-shared',
  make: async (scene) => {
    if (!scene.redis) return null;
    const env = { REDIS_URL: scene.redis.url };
    return {
      name: 'tiny-shared',
      title: 'A tiny answer by the full pipeline, with a Redis that replicas share',
      questions: [{ method: 'GET', path: '/v1/tiny' }],
      contenders: [
        { name: 'bare Fastify', start: () => startBaseline(scene, 'fastify') },
        { name: 'Mainstay with Redis', logs: true, start: () => startPipeline(scene, { name: 'pipeline', env }) },
      ],
      conditions: [],
    };
  },
};
