import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessGate } from '../access/access-gate.js';
import { isPreflight } from '../access/preflight.js';

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

/** No cookies and no other credentials of the browser's: who asks sends a token. */
const FOR_LISTED: FastifyCorsOptions = {
  credentials: false,
  methods: ALLOWED_METHODS,
  allowedHeaders: ALLOWED_HEADERS,
  exposedHeaders: EXPOSED_HEADERS,
  maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  strictPreflight: false, // its refusal is plain text: what is no preflight goes on, to our 404 or 405
};

/**
 * Lets scripts of the listed origins read our answers. Without any there is no CORS header at all, which is a browser's
 * strictest policy. For each request anew, because the plugin would else answer any OPTIONS, and tell anybody which
 * methods and headers there are.
 */
export async function allowOrigins(
  server: FastifyInstance,
  origins: readonly string[],
  gate: AccessGate,
): Promise<void> {
  if (origins.length === 0) return;
  server.addHook('onRequest', gate.onPreflight);
  const listed = new Set(origins);
  openNet(server);
  await server.register(cors, {
    delegator: (request: FastifyRequest, decide: (error: null, options: FastifyCorsOptions) => void) => {
      const { origin } = request.headers;
      const known = origin !== undefined && listed.has(origin);
      decide(null, known ? { ...FOR_LISTED, origin, preflight: isPreflight(request) } : { origin: false });
    },
  });
}

/** The plugin's own route, under all paths: what it doesn't answer is answered with 404 or 405, and to anybody. */
function openNet(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (route.url === '*' && route.method === 'OPTIONS') route.config = { ...route.config, access: 'public' };
  });
}
