import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '#platform/api-docs';
import type { FastifyRequest } from 'fastify';
import { PreconditionRequired } from '#platform/errors';
import { entityTagsOf } from './entity-tag.js';

/** Which versions the caller is ready to change: those that it names, or whatever is current. */
export type VersionCondition = { readonly versions: readonly number[] } | 'any';

const VERSION = /^[1-9]\d{0,9}$/;

/**
 * The versions of an `If-Match`. A weak tag never matches (RFC 9110, 13.1.1), nor does one that is not of ours: such
 * a condition is well-formed and false, which is the 412 of whoever compares.
 * @throws PreconditionRequired when there is no header
 * @throws MalformedRequest when the header is not a list of entity tags
 */
export function versionConditionOf(header: string | undefined): VersionCondition {
  if (header === undefined) throw new PreconditionRequired();
  const tags = entityTagsOf('If-Match', header);
  if (tags === '*') return 'any';
  return { versions: tags.filter((tag) => !tag.weak && VERSION.test(tag.opaque)).map((tag) => Number(tag.opaque)) };
}

const document: ParameterDecorator = (target, method) => {
  const descriptor = method && Object.getOwnPropertyDescriptor(target, method);
  if (!method || !descriptor) return;
  ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag of the version that you saw, or `*`. Absent: 428. Another version is current: 412.',
    schema: { type: 'string', maxLength: 1024 },
    example: '"1"',
  })(target, method, descriptor);
};

/** The `If-Match` of a change, as a parameter of its handler. */
export const IfMatch = createParamDecorator(
  (_data: unknown, context: ExecutionContext): VersionCondition =>
    versionConditionOf(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
  [document],
);
