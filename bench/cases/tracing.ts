import { serveLocally } from '../../tools/start-system/local-server.ts';
import { startStore } from '../scene/servers.ts';
import type { CaseMaker } from './case.ts';
import { cpu } from './conditions.ts';

const PAIR = { what: 'tracing at 1% over off', of: 'at 1%', over: 'off' };

/** A list from Postgres: one statement, four spans. A collector takes them and keeps nothing. */
export const tracing: CaseMaker = {
  name: 'tracing',
  make: async (scene) => {
    const collector = await serveLocally((request, response) => void request.resume().on('end', () => response.end()));
    scene.cleanup.keep(collector, (made) => made.close());
    const traced = (share: string) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin,
      OTEL_TRACES_SAMPLER_ARG: share,
    });
    return {
      name: 'tracing',
      title: 'Tracing: a list of five products from Postgres',
      questions: [{ method: 'GET', path: '/v1/products?limit=5' }],
      changing: ['nextCursor'],
      contenders: [
        { name: 'off', logs: true, start: () => startStore(scene, { name: 'store' }) },
        { name: 'at 1%', logs: true, start: () => startStore(scene, { name: 'store at 1%', env: traced('0.01') }) },
        { name: 'at 100%', logs: true, start: () => startStore(scene, { name: 'store at 100%', env: traced('1') }) },
      ],
      conditions: [cpu(PAIR, [1.5, 1.25])],
    };
  },
};
