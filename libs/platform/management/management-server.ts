import type { HealthCheckResult } from '@nestjs/terminus';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { AppError } from '#kernel/app-error';
import { newTraceId, requestIdFrom } from '#platform/context';
import {
  asAppError,
  LEVEL_BY_KIND,
  PROBLEM_CONTENT_TYPE,
  problemOf,
  ProxiedRequest,
  RouteNotFound,
  runbookFor,
  UnknownHost,
} from '#platform/errors';
import type { HealthService } from '#platform/health';
import { NO_SCHEMAS } from '#platform/http';
import type { Lifecycle } from '#platform/lifecycle';
import type { LogLevel } from '#platform/logging';
import type { MetricsRegistry } from '#platform/metrics';
import { serveOperations, type OperationsPageOptions } from '#platform/operations';
import { isKnownHost } from './known-host.js';
import { addLogLevelRoutes } from './log-level.routes.js';
import type { ServiceInfo } from './service-info.js';

/** Probes and scrapers send a line and a few headers. */
const BODY_LIMIT_BYTES = 1024;
const HEADERS_LIMIT_BYTES = 8192;
const REQUEST_TIMEOUT_MS = 5000;

const MANAGEMENT_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** What proxies add (RFC 7239, RFC 9110 7.6.3, and the field's habit). A probe or a scraper comes straight. */
const PROXY_HEADERS = [
  'cf-connecting-ip',
  'forwarded',
  'true-client-ip',
  'via',
  'x-envoy-external-address',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-server',
  'x-real-ip',
];

/** By mistake somebody has put the management port behind the public load balancer: better no answer than all of it. */
const isProxied = ({ headers }: FastifyRequest): boolean => PROXY_HEADERS.some((name) => name in headers);

/** Why it is not answered at all, or undefined. */
function whyRefused(request: FastifyRequest, allowed: readonly string[]): AppError | undefined {
  if (isProxied(request)) return new ProxiedRequest();
  return isKnownHost(request.headers.host, allowed) ? undefined : new UnknownHost();
}

export interface Managed {
  readonly health: HealthService;
  readonly metrics: MetricsRegistry;
  readonly lifecycle: Lifecycle;
  readonly info: ServiceInfo;
  readonly logLevel: LogLevel;
  readonly logger: Logger;
  /** Host names by which it may be asked, beside addresses and names that are nobody's. */
  readonly hostNames?: readonly string[];
  /** Without it there is no page at `/`. */
  readonly page?: Omit<OperationsPageOptions, 'build'>;
}

/**
 * The second listener: it comes up before the public one, answers until the end, and shares nothing with the public
 * one's hooks and limits, so that a service in trouble can still say so.
 */
export function createManagementServer({
  health,
  metrics,
  lifecycle,
  info,
  logLevel,
  logger,
  hostNames = [],
  page,
}: Managed): FastifyInstance {
  const server = fastify({
    ...NO_SCHEMAS,
    bodyLimit: BODY_LIMIT_BYTES,
    frameworkErrors: (error, request, reply) => void refuse(request, reply, asAppError(error)),
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    http: { headersTimeout: REQUEST_TIMEOUT_MS, maxHeaderSize: HEADERS_LIMIT_BYTES },
  });
  const allowed = hostNames.map((name) => name.toLowerCase());
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(MANAGEMENT_HEADERS);
    done(whyRefused(request, allowed));
  });
  server.setNotFoundHandler((request, reply) => refuse(request, reply, new RouteNotFound()));
  server.setErrorHandler((thrown, request, reply) => {
    const error = asAppError(thrown);
    void refuse(request, reply, error);
    tell(logger, request, error);
  });
  // Liveness looks at nothing: a restart cures no dependency. That this line runs is the answer.
  server.get('/health/live', () => ({ status: 'ok' }));
  server.get('/health/startup', (_request, reply) =>
    reply.status(lifecycle.phase === 'starting' ? 503 : 200).send({ status: lifecycle.phase }),
  );
  server.get('/health/ready', async (_request, reply) => answer(reply, await health.ready()));
  server.get('/health', async (_request, reply) => answer(reply, await health.report()));
  server.get('/info', () => ({ ...info, uptimeSeconds: Math.round(process.uptime()) }));
  addLogLevelRoutes(server, logLevel);
  if (page) serveOperations(server, { ...page, build: info });
  server.get('/metrics', async ({ headers }, reply) => {
    const { contentType, text } = await metrics.answer(headers.accept);
    return reply.type(contentType).header('vary', 'accept').send(text);
  });
  return server;
}

/** The same form of error as on the public port; there is no context of a request here, so ids are made for the answer. */
function refuse(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  const problem = problemOf(error, { url: request.url, requestId: requestIdFrom(undefined), traceId: newTraceId() });
  return reply.status(problem.status).header('content-type', PROBLEM_CONTENT_TYPE).send(JSON.stringify(problem));
}

/** Else a scrape or a probe that fails would be a 500 to a machine, and to nobody. */
function tell(logger: Logger, request: FastifyRequest, error: AppError): void {
  const level = LEVEL_BY_KIND[error.kind];
  if (level === 'info') return;
  const { url: route } = request.routeOptions;
  logger[level]({ route, errorCode: error.code, runbook: runbookFor(error.code), err: error }, 'request failed');
}

const answer = (reply: FastifyReply, result: HealthCheckResult) =>
  reply.status(result.status === 'ok' || result.status === 'degraded' ? 200 : 503).send(result);
