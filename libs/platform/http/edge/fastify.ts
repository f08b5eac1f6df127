import { fastify, type FastifyInstance, type FastifyRequest } from 'fastify';
import { asAppError, UnsupportedMediaType } from '#platform/errors';
import { readJsonBody } from '../body/json-body.js';
import type { HttpSettings } from '../http.settings.js';
import { LoadMonitor } from '../shedding/load-monitor.js';
import { LoadShedder } from '../shedding/load-shedder.js';
import type { SheddingSettings } from '../shedding/shedding.settings.js';
import { refuseUndeclaredInput } from '../input/declared-input.js';
import { AccessGate } from '../access/access-gate.js';
import { RouteTable } from '../access/route-table.js';
import { AllowedMethods } from './allowed-methods.js';
import { answerClientError, answerUnusualRequests } from './client-error.js';
import { ignoredBehindTheLast } from './connection-end.js';
import { allowOrigins } from './cors.js';
import { distrustFraming } from './message-framing.js';
import { NO_SCHEMAS } from './no-schemas.js';
import { RequestDeadlines } from './request-deadlines.js';
import { RequestPipeline } from './request-pipeline.js';
import { sendProblem } from './send-problem.js';
import { TrustedProxies } from './trusted-proxies.js';

/** How often Node looks for connections that are past their time-outs, in milliseconds. Its default is 30 s. */
const CONNECTIONS_CHECK_INTERVAL_MS = 1000;
/** Longest route parameter; a UUID has 36 characters. */
const PARAM_LENGTH_MAX = 256;

export interface PublicServer {
  readonly fastify: FastifyInstance;
  readonly pipeline: RequestPipeline;
  readonly shedder: LoadShedder;
  readonly allowedMethods: AllowedMethods;
  readonly gate: AccessGate;
  readonly routes: RouteTable;
}

/** The public server, with every bound that must hold before a line of a module's code runs. */
export async function createPublicServer(settings: HttpSettings, shedding: SheddingSettings): Promise<PublicServer> {
  const proxies = new TrustedProxies(settings.trustProxy);
  const shedder = new LoadShedder(shedding);
  const monitor = new LoadMonitor((sample) => shedder.adapt(sample));
  const deadlines = new RequestDeadlines(settings.requestTimeoutMs, proxies);
  const pipeline = new RequestPipeline(settings.urlLengthMax, deadlines, shedder, proxies);
  const gate = new AccessGate(settings.bodyLimitBytes);
  const server = fastify({
    ...NO_SCHEMAS,
    logger: false,
    trustProxy: proxies.any && ((address) => proxies.trusts(address)),
    bodyLimit: settings.bodyLimitBytes,
    requestTimeout: settings.receiveTimeoutMs,
    keepAliveTimeout: settings.keepAliveTimeoutMs,
    return503OnClosing: false, // while draining we still answer: a 503 would be a failed request
    forceCloseConnections: 'idle',
    clientErrorHandler: (error, socket) => answerClientError(pipeline, error, socket),
    frameworkErrors: (error, request, reply) => {
      if (ignoredBehindTheLast(request, reply)) return;
      pipeline.begin(request, reply);
      const fault = distrustFraming(request, reply); // no hook and no filter is reached from here
      if (fault) sendProblem(reply, fault);
      else gate.refuse(request, reply, asAppError(error));
    },
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX },
    http: {
      headersTimeout: settings.headersTimeoutMs,
      maxHeaderSize: settings.headersLimitBytes,
      connectionsCheckingInterval: CONNECTIONS_CHECK_INTERVAL_MS,
      requireHostHeader: false, // the first hook requires it: Node's own answer is empty, and nobody counts it
    },
  });
  answerUnusualRequests(pipeline, server.server, settings.bodyLimitBytes);
  server.decorate('skipMiddie', true); // Nest's adapter looks here: no middleware on the request path
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      refuseEncoded(request);
      done(null, readJsonBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  const [allowedMethods, routes] = [new AllowedMethods(server), new RouteTable(server)]; // before the first route: CORS has one
  // In the order in which a request meets them. An origin is told that it may read before it is told to go away.
  server.addHook('onRequest', pipeline.onRequest);
  await allowOrigins(server, settings.corsOrigins, gate);
  server.addHook('onRequest', gate.onRequest);
  server.addHook('onRoute', refuseUndeclaredInput);
  server.addHook('onClose', (_instance, done) => {
    monitor.stop();
    pipeline.stop();
    done();
  });
  return { fastify: server, pipeline, shedder, gate, allowedMethods, routes };
}

/** A body is read as it is: what decompresses would need a bound of its own. */
function refuseEncoded({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new UnsupportedMediaType();
}
