import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '#kernel/caller';

/** @throws Error on a public route, where nobody is identified: a mistake of the route's, and never of a client */
export function callerOf({
  requestContext,
  routeOptions,
}: Pick<FastifyRequest, 'requestContext' | 'routeOptions'>): Caller {
  const { caller } = requestContext;
  if (!caller) throw new Error(`${routeOptions.url} asks for its caller, and is public.`);
  return caller;
}

/** Who asks, as a parameter of a handler: it hands on `id` to the use case, and nothing of the request. */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
