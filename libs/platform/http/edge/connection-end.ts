import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Connections whose last answer is being made. One set for all servers: a socket belongs to one of them. */
const ending = new WeakSet<Socket>();

/** Ends the connection with the answer, or a body that nobody wants would be read to its end, and thrown away. */
export function closeAfterAnswer(reply: FastifyReply): void {
  ending.add(reply.request.raw.socket);
  reply.header('connection', 'close');
  reply.raw.once('finish', () => reply.raw.socket?.destroySoon());
}

/**
 * Leaves without an answer, an effect or a trace what came behind the last request of its connection. Node has parsed
 * whatever arrived in the same packet, RFC 9112, 9.6 forbids to carry it out: nobody would ever hear what became of it,
 * and where the end of a message is in doubt it may not even be a request.
 */
export function ignoredBehindTheLast({ raw }: FastifyRequest, reply: FastifyReply): boolean {
  const ignored = ending.has(raw.socket);
  if (ignored) reply.hijack();
  return ignored;
}
