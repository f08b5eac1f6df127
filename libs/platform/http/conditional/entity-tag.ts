import { MalformedRequest } from '#platform/errors';

/** The tags of an `If-Match` or `If-None-Match`, as RFC 9110 (8.8.3) writes them. */
export type EntityTags = readonly EntityTag[] | '*';

interface EntityTag {
  readonly opaque: string;
  readonly weak: boolean;
}

/** Longest header that is read. */
const HEADER_LENGTH_MAX = 1024;
/** One tag with what separates it from the next; a comma may stand inside the quotes, and empty elements are legal. */
const LIST_ELEMENT = /[ \t,]*(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?:,[ \t,]*|$)/y;

/** The strong tag of a resource's version: two representations with one tag are the same, byte for byte. */
export const versionTag = (version: number): string => `"${version}"`;

/** @throws MalformedRequest when the header is not a list of entity tags */
export function entityTagsOf(name: string, header: string): EntityTags {
  if (header.trim() === '*') return '*';
  if (header.length > HEADER_LENGTH_MAX)
    throw new MalformedRequest(`${name} is longer than ${HEADER_LENGTH_MAX} bytes.`);
  const tags: EntityTag[] = [];
  const element = new RegExp(LIST_ELEMENT);
  while (element.lastIndex < header.length) {
    const [, weak, opaque] = element.exec(header) ?? [];
    if (opaque === undefined) throw new MalformedRequest(`${name} must be "*" or a list of entity tags in quotes.`);
    tags.push({ opaque, weak: weak !== undefined });
  }
  if (tags.length === 0) throw new MalformedRequest(`${name} must not be empty.`);
  return tags;
}
