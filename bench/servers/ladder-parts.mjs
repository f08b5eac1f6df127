/** The parts of the pipeline by their names: each hangs itself on the server as `edge/request-pipeline` has it. */
import { loadSettings } from '#platform/config';
import { newRequestContext, newTraceId, requestIdFrom, runInRequest, traceIdOf } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { SystemClock } from '#kernel/clock';
import { SheddingSettings } from '#platform/http';
import { RateLimiter } from '#platform/rate-limit';
import { clientAddressOf, clientBlockOf } from '../../dist/libs/platform/http/access/client-address.js';
import { API_HEADERS } from '../../dist/libs/platform/http/edge/security-headers.js';
import { LoadMonitor } from '../../dist/libs/platform/http/shedding/load-monitor.js';
import { LoadShedder } from '../../dist/libs/platform/http/shedding/load-shedder.js';
import { StrictValidationPipe } from '../../dist/libs/platform/http/validation.pipe.js';
import { TIMEOUT_MS, withDeadlines, withLog, withMetrics } from './ladder-observers.mjs';
import { MemoryRateLimitStore } from '../../dist/libs/platform/rate-limit/memory-rate-limit-store.js';

const RATE = { max: 1_000_000_000, windowSeconds: 60 };

const settings = loadSettings(process.env, [SheddingSettings]);

function withContext({ server }) {
  server.addHook('onRequest', (request, reply, done) => {
    const { headers } = request.raw;
    request.requestContext = newRequestContext({
      requestId: requestIdFrom(headers['x-request-id']),
      traceId: traceIdOf(headers.traceparent) ?? newTraceId(),
      route: request.routeOptions.url,
      deadline: new Deadline(TIMEOUT_MS),
      clientAddress: clientAddressOf(request),
    });
    void reply.header('x-request-id', request.requestContext.requestId);
    runInRequest(request.requestContext, done);
  });
}

function withHeaders({ server }) {
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(API_HEADERS);
    done();
  });
}

function withShedding({ server }) {
  const shedder = new LoadShedder(settings.get(SheddingSettings));
  new LoadMonitor((sample) => shedder.adapt(sample));
  server.addHook('onRequest', (request, _reply, done) => {
    if (shedder.refuses(request.method, { working: 0, receiving: 0 })) throw new Error('There is no load.');
    done();
  });
}

function withRateLimit({ server }) {
  const limiter = new RateLimiter(new MemoryRateLimitStore(new SystemClock()), RATE);
  server.addHook('onRequest', (request, reply, done) => {
    const admission = limiter.admit(`address:${clientBlockOf(request.requestContext.clientAddress)}`);
    void reply.header('ratelimit-policy', admission.policyField);
    void reply.header('ratelimit', admission.quotaField);
    done();
  });
}

export const PARTS = {
  /** Nest's adapter looks here: no middleware on the way of a request. */
  'without middleware': ({ server }) => {
    if (!server.hasDecorator('skipMiddie')) server.decorate('skipMiddie', true);
  },
  context: withContext,
  'security headers': withHeaders,
  deadline: withDeadlines,
  shedding: withShedding,
  'access log': withLog,
  metrics: withMetrics,
  'rate limit': withRateLimit,
  validation: ({ app }) => app.useGlobalPipes(new StrictValidationPipe()),
};
