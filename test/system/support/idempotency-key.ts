import { randomUUID } from 'node:crypto';

/** What a POST sends unless a test says otherwise: a key that no other request has. */
export const freshKey = (): { readonly 'idempotency-key': string } => ({ 'idempotency-key': randomUUID() });
