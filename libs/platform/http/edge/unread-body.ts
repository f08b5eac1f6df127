import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import { closeAfterAnswer } from './connection-end.js';

/** Methods whose body Fastify reads. */
const WITH_BODY: ReadonlySet<string | undefined> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export const bringsBody = ({ method, headers }: IncomingMessage): boolean =>
  WITH_BODY.has(method) && (headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0);

/**
 * For a refusal that comes before the body: one of a usual size may pass by, so that the connection serves on; one that
 * is larger, or doesn't say how large it is, is not waited for.
 */
export function refuseBody(request: IncomingMessage, reply: FastifyReply, bodyLimitBytes: number): void {
  if (!bringsBody(request) || request.complete) return;
  const told = request.headers['transfer-encoding'] === undefined;
  if (!told || Number(request.headers['content-length']) > bodyLimitBytes) closeAfterAnswer(reply);
}

/**
 * Requests that have their answer and are still on their way. What goes wrong with the rest of one (it does not come in
 * time) gets no second answer: on a connection that is shared by a proxy, that would be the answer to somebody else.
 */
export class AnsweredEarly {
  private readonly bySocket = new WeakMap<Socket, IncomingMessage>();

  note(request: IncomingMessage): void {
    if (!request.complete) this.bySocket.set(request.socket, request);
  }

  /** Whether what arrives on this socket now is still a part of such a request. */
  isArrivingOn(socket: Socket): boolean {
    return this.bySocket.get(socket)?.complete === false;
  }
}
