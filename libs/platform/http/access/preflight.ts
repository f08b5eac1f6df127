import type { FastifyRequest } from 'fastify';

/** Fetch, 3.2.2: a preflight says which method it is about, and for whom. */
export const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
