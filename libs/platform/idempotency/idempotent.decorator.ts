import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '#platform/api-docs';
import type { IsolationLevel } from '#kernel/unit-of-work';
import { extendRouteConfig } from '#platform/http';
import { KEY_LENGTH_MAX } from './idempotency-key.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

export interface IdempotencyOptions {
  /** Of the unit of work around the handler: as much as its use cases ask for. `read committed`, unless given. */
  readonly isolation?: IsolationLevel;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route asks for an `Idempotency-Key`. */
    idempotency?: IdempotencyOptions;
  }
}

/**
 * The route asks for an `Idempotency-Key`, and carries out a repeated request once. The handler runs in a unit of work,
 * and answers with one JSON object or with nothing; what else it does can't be undone, and must not be done there.
 */
export const Idempotent = (options: IdempotencyOptions = {}): MethodDecorator =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    extendRouteConfig({ idempotency: options }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description:
        'A new random text for each thing to do, a UUID say, and the same one when the request is repeated: it is ' +
        'carried out once, and its answer is given again, for as long as the service is set to keep it: a day by ' +
        'default. With or without quotes (RFC 9651).',
      schema: { type: 'string', minLength: 1, maxLength: KEY_LENGTH_MAX, pattern: '^[!#-+\\--~]+$' },
      example: '0199e1c4-5f0a-7c0e-9d55-0d6f9b1c2e3f',
    }),
  );
