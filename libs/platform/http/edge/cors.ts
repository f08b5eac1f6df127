import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { AllowedMethods } from './allowed-methods.js';
import { sendProblem } from './send-problem.js';

/** How long a browser may remember the answer to a preflight: Chromium keeps none longer than 2 hours. */
const PREFLIGHT_MAX_AGE_SECONDS = 600;

const ALLOWED_METHODS = ['GET', 'HEAD', 'POST', 'PATCH'];
const ALLOWED_HEADERS = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'traceparent',
  'x-request-id',
];
const EXPOSED_HEADERS = ['ETag', 'Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'x-request-id'];

/**
 * Lets scripts of the listed origins read our answers. Without any there is no CORS header at all, which is a browser's
 * strictest policy. No cookies and no other credentials of the browser's: who asks sends a token.
 */
export async function allowOrigins(
  server: FastifyInstance,
  origins: readonly string[],
  methods: AllowedMethods,
): Promise<void> {
  if (origins.length === 0) return;
  // The plugin would answer any OPTIONS; one that is no preflight is a method like others. Its route is the plugin's, made
  // before Nest brings the filter, so the problem is sent from here.
  server.addHook('onRequest', ({ method, url, headers }, reply, done) => {
    const isPreflight = headers.origin && headers['access-control-request-method'];
    if (method !== 'OPTIONS' || isPreflight) done();
    else sendProblem(reply, methods.refusalOf(method, url));
  });
  await server.register(cors, {
    origin: [...origins],
    credentials: false,
    methods: ALLOWED_METHODS,
    allowedHeaders: ALLOWED_HEADERS,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  });
}
