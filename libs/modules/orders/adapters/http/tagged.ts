import type { FastifyReply } from 'fastify';
import { versionTag } from '#platform/http';
import type { Order } from '../../domain/order.js';
import { OrderResponse } from './order.response.js';

/** An order as it is after a change, with the ETag of that version. */
export function tagged(order: Order, reply: FastifyReply): OrderResponse {
  reply.header('etag', versionTag(order.version));
  return OrderResponse.from(order);
}
