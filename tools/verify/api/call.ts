import { randomUUID } from 'node:crypto';
import type { Question } from '../stage/ask.ts';
import { type Operation, takes } from './document.ts';
import { exampleOf, type Schemas } from './schema.ts';

/** What no resource has for an id. */
export const NOWHERE = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f0';

export interface Details {
  /** The Authorization header; null for a request without one. */
  readonly authorization: string | null;
  /** In the place of `{id}`. */
  readonly id?: string;
  readonly body?: unknown;
  readonly ifMatch?: string | null;
  readonly key?: string | null;
  /** With its question mark. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call extends Question {
  readonly path: string;
}

/** A request that is as it should be, but for what the details say. */
export function callOf(operation: Operation, details: Details): Call {
  const { authorization, id = NOWHERE, body, query = '', headers = {} } = details;
  const { ifMatch = '*', key = randomUUID() } = details;
  return {
    method: operation.method,
    path: pathOf(operation, id) + query,
    headers: {
      ...(authorization !== null && { authorization }),
      ...(takes(operation, 'if-match') && ifMatch !== null && { 'if-match': ifMatch }),
      ...(takes(operation, 'idempotency-key') && key !== null && { 'idempotency-key': key }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  };
}

export const pathOf = ({ path }: Operation, id: string): string => path.replaceAll(/\{\w{1,60}\}/g, id);

/** A body of the examples; undefined for an operation that takes none. */
export const exampleBody = ({ body }: Operation, schemas: Schemas): unknown =>
  body === null ? undefined : exampleOf(body, schemas);
