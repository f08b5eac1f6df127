import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { pollUntil } from '../../../process/wait.ts';
import { serveLocally } from '../../../start-system/local-server.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { productsOnSale } from '../faults/recommendation-pages.ts';

const EXPORTED_MS = 10_000;

export const TRACES: Trial = {
  promise: 'D3',
  says: 'A trace goes on through the service: in, out, in its log, and to a collector',
  how: 'a page under a traceparent and an x-request-id; what the recommender was sent, the log, an OTLP end point',

  run: async (stage) => {
    const { recommender, database } = stage;
    const exports: Buffer[] = [];
    const collector = await serveLocally((request, response) => void keep(request, response, exports));
    stage.later(() => collector.close());
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin, OTEL_BSP_SCHEDULE_DELAY: '100' };
    const replica = await (await stage.extra(env)).ready();
    const [id = ''] = await productsOnSale(database, 1);
    const traceId = randomBytes(16).toString('hex');
    const requestId = `verify-${traceId}`;
    const startedAtMs = performance.now();
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'x-request-id': requestId };
    await replica.ask(`/v1/products/${id}?include=recommendations`, { headers });
    const [heard] = recommender.requestsSince(startedAtMs);
    const line = await replica.logged(({ msg, requestId: own }) => msg === 'request' && own === requestId);
    const raw = Buffer.from(traceId, 'hex');
    const isIn = async (): Promise<true | null> => exports.some((body) => body.includes(raw)) || null;
    const exported = await pollUntil(isIn, { timeoutMs: EXPORTED_MS });
    return together([
      fact('traceparent at the recommender', String(heard?.headers['traceparent']).slice(3, 35), traceId),
      fact('x-request-id there', heard?.headers['x-request-id'], requestId),
      fact('in the log', line['traceId'], traceId),
      fact('exported', exported === true, true),
    ]);
  },
};

async function keep(request: IncomingMessage, response: ServerResponse, exports: Buffer[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  exports.push(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
  response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
}
