import type { HealthCheckResult } from '@nestjs/terminus';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { AppError } from '#kernel/app-error';
import { newTraceId, requestIdFrom } from '#platform/context';
import { asAppError, PROBLEM_CONTENT_TYPE, problemOf, ProxiedRequest, RouteNotFound } from '#platform/errors';
import type { HealthService } from '#platform/health';
import type { Lifecycle } from '#platform/lifecycle';
import type { MetricsRegistry } from '#platform/metrics';
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

export interface Managed {
  readonly health: HealthService;
  readonly metrics: MetricsRegistry;
  readonly lifecycle: Lifecycle;
  readonly info: ServiceInfo;
}

/**
 * The second listener: it comes up before the public one, answers until the end, and shares nothing with the public
 * one's hooks and limits, so that a service in trouble can still say so.
 */
export function createManagementServer({ health, metrics, lifecycle, info }: Managed): FastifyInstance {
  const server = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    frameworkErrors: (error, request, reply) => void refuse(request, reply, asAppError(error)),
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    http: { headersTimeout: REQUEST_TIMEOUT_MS, maxHeaderSize: HEADERS_LIMIT_BYTES },
  });
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(MANAGEMENT_HEADERS);
    done(isProxied(request) ? new ProxiedRequest() : undefined);
  });
  server.setNotFoundHandler((request, reply) => refuse(request, reply, new RouteNotFound()));
  server.setErrorHandler((error, request, reply) => refuse(request, reply, asAppError(error)));
  // Liveness looks at nothing: a restart cures no dependency. That this line runs is the answer.
  server.get('/health/live', () => ({ status: 'ok' }));
  server.get('/health/startup', (_request, reply) =>
    reply.status(lifecycle.phase === 'starting' ? 503 : 200).send({ status: lifecycle.phase }),
  );
  server.get('/health/ready', async (_request, reply) => answer(reply, await health.ready()));
  server.get('/health', async (_request, reply) => answer(reply, await health.report()));
  server.get('/info', () => ({ ...info, uptimeSeconds: Math.round(process.uptime()) }));
  server.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.scrape()));
  return server;
}

/** The same form of error as on the public port; there is no context of a request here, so ids are made for the answer. */
function refuse(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  const problem = problemOf(error, { url: request.url, requestId: requestIdFrom(undefined), traceId: newTraceId() });
  return reply.status(problem.status).header('content-type', PROBLEM_CONTENT_TYPE).send(JSON.stringify(problem));
}

const answer = (reply: FastifyReply, result: HealthCheckResult) =>
  reply.status(result.status === 'ok' || result.status === 'degraded' ? 200 : 503).send(result);
