import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MalformedRequest } from '#platform/errors';
import { closeAfterAnswer } from './connection-end.js';

type Framing = Pick<IncomingMessage, 'httpVersion' | 'headers'>;

/**
 * What Node's parser lets through although a proxy before us may see another end of the message in it, and so hand us
 * somebody's request inside of somebody else's (RFC 9112, 11.2): versions of HTTP that are framed otherwise, chunks in
 * HTTP/1.0 (which 6.1 says to take as a fault), and codings besides `chunked`, alone or in a list.
 */
export function framingFaultOf({ httpVersion, headers }: Framing): MalformedRequest | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return new MalformedRequest('Only HTTP/1.1 and 1.0 are spoken.');
  const coding = headers['transfer-encoding'];
  if (coding === undefined) return undefined;
  if (httpVersion === '1.0') return new MalformedRequest('HTTP/1.0 has no Transfer-Encoding.');
  if (coding.toLowerCase() === 'chunked') return undefined;
  return new MalformedRequest('The only Transfer-Encoding is chunked.');
}

/** The fault, if there is one: then the connection ends with the answer. */
export function distrustFraming({ raw }: FastifyRequest, reply: FastifyReply): MalformedRequest | undefined {
  const fault = framingFaultOf(raw);
  if (fault) closeAfterAnswer(reply);
  return fault;
}
