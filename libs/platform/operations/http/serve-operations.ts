import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LoadedSettings } from '#platform/config';
import { pageRenderer } from '../page/render-page.js';
import type { Operations } from '../snapshot/operations.js';
import type { Build } from '../snapshot/operations-snapshot.js';
import { readAssets } from './assets.js';
import { PAGE_HEADERS } from './page-headers.js';

export interface OperationsPageOptions {
  readonly operations: Operations;
  readonly settings: LoadedSettings;
  readonly build: Build;
}

/** The page at `/`, what it loads, and what it shows as data. All of it is read, and nothing can be done. */
export function serveOperations(server: FastifyInstance, options: OperationsPageOptions): void {
  const { operations, build } = options;
  const render = pageRenderer(options.settings);
  const onRequest = (_request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    reply.headers(PAGE_HEADERS);
    done();
  };
  server.get('/', { onRequest }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(render(await operations.snapshot(build))),
  );
  server.get('/operations.json', { onRequest }, () => operations.snapshot(build));
  for (const { path, type, content } of readAssets()) {
    server.get(path, { onRequest }, (_request, reply) => reply.type(type).send(content));
  }
}
