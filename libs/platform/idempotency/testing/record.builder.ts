import { createHash } from 'node:crypto';
import type { IdempotencyRecord } from '../store/idempotency-store.js';

export const CREATED_AT = new Date('2026-03-01T10:00:00.123Z');

export const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');

/** A distinct value in each field. */
export const aRecord = (over: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
  id: idOf('a record'),
  fingerprint: idOf('what was asked for'),
  callerId: 'storekeeper-7',
  method: 'POST',
  route: '/v1/products/:id/stock-adjustments',
  requestId: '0198c5a0-6f0a-7c0e-9d55-0d6f9b1c2e3f',
  answer: {
    status: 409,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', etag: '"3"', location: '/v1/products/ü"' },
    body: '{"text":"ünï\u2028\\u0000","n":1.50}',
    errorCode: 'trial.line-refused',
  },
  createdAt: CREATED_AT,
  expiresAt: new Date(CREATED_AT.getTime() + 3_600_000),
  ...over,
});
