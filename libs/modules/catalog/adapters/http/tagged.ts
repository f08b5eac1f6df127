import type { FastifyReply } from 'fastify';
import { versionTag } from '#platform/http';
import type { Product } from '../../domain/product.js';
import { ProductResponse } from './product.response.js';

/** A product as it is after a change, with the ETag that the next change asks for. */
export function tagged(product: Product, reply: FastifyReply): ProductResponse {
  reply.header('etag', versionTag(product.version));
  return ProductResponse.from(product);
}
