import type { FastifyReply } from 'fastify';
import { entityTagsOf, versionTag } from './entity-tag.js';

/**
 * Tags the answer with its version, and says whether the caller has that version already: then the status is 304 and
 * the handler answers with nothing. The comparison is the weak one (RFC 9110, 13.1.2).
 * @throws MalformedRequest when `If-None-Match` is not a list of entity tags
 */
export function notModified(reply: FastifyReply, version: number): boolean {
  const tag = versionTag(version);
  reply.header('etag', tag);
  const header = reply.request.headers['if-none-match'];
  if (header === undefined) return false;
  const tags = entityTagsOf('If-None-Match', header);
  const seen = tags === '*' || tags.some(({ opaque }) => `"${opaque}"` === tag);
  if (seen) reply.status(304);
  return seen;
}
