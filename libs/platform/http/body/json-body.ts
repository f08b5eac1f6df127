import { isUtf8 } from 'node:buffer';
import secureJson from 'secure-json-parse';
import { MalformedRequest } from '#platform/errors';
import { checkJsonBounds } from './json-bounds.js';

/**
 * Reads a request body as one JSON object inside the bounds of {@link checkJsonBounds}. No bytes are no body: many
 * clients send a content type with an empty one.
 * @throws MalformedRequest when it is not UTF-8, not JSON, not an object, or names `__proto__`
 */
export function readJsonBody(bytes: Buffer): object | undefined {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw new MalformedRequest('The body is not UTF-8.');
  const body = parse(bytes.toString('utf8'));
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new MalformedRequest('The body must be a JSON object.');
  }
  checkJsonBounds(body);
  return body;
}

function parse(text: string): unknown {
  try {
    return secureJson.parse(text, undefined, { protoAction: 'error', constructorAction: 'error' }) as unknown;
  } catch (cause) {
    throw new MalformedRequest('The body is not well-formed JSON.', { cause });
  }
}
