import type { WrittenDocument } from '../api/document.ts';

/** An API with one module that nobody here knows: a field of each kind, in an object and in a list. */
export const PARCEL_DOCUMENT: WrittenDocument = {
  security: [{ accessToken: [] }],
  paths: {
    '/v1/products': { get: { security: [], responses: { 200: {} } } },
    '/v1/parcels': {
      get: {
        security: [{ accessToken: ['parcels:read'] }],
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
          { name: 'status', in: 'query', schema: { type: 'string', enum: ['active', 'archived'] } },
        ],
        responses: { 200: {} },
      },
      post: {
        security: [{ accessToken: ['parcels:write'] }],
        parameters: [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } }],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateParcelRequest' } } },
        },
        responses: { 201: {}, 400: {} },
      },
    },
    '/v1/parcels/{id}': { get: { responses: { 200: {} } } },
    '/v1/parcels/{id}/archive': {
      post: {
        parameters: [{ name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }],
        responses: { 200: {} },
      },
    },
  },
  components: {
    schemas: {
      CreateParcelRequest: {
        type: 'object',
        additionalProperties: false,
        required: ['productId', 'rating', 'refund'],
        properties: {
          productId: { type: 'string', format: 'uuid', example: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7' },
          title: { type: 'string', minLength: 1, maxLength: 60, pattern: '^[a-z ]+$', example: 'quite good' },
          rating: { type: 'integer', minimum: 1, maximum: 5, example: 4 },
          refund: { description: 'wrapped', allOf: [{ $ref: '#/components/schemas/Money' }] },
          tags: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string', enum: ['gift', 'own'] } },
          verified: { type: ['boolean', 'null'] },
        },
      },
      Money: {
        type: 'object',
        required: ['amount'],
        properties: { amount: { type: 'integer', minimum: 0, example: 100 } },
      },
    },
  },
};
