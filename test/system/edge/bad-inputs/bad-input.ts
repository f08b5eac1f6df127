import { requestBytes, type RequestToWrite } from '../../support/request-bytes.js';

/** Something that a client sends and the store refuses: what it is, how it goes over the wire, and the refusal. */
export interface BadInput {
  readonly what: string;
  readonly bytes: Buffer | string;
  readonly status: number;
  readonly code: string;
  /** Of the answer's `errors`, in order; none, unless given. */
  readonly pointers?: readonly string[];
  /** The answer's `Allow`. */
  readonly allow?: string;
}

/** Stands in values: no answer may repeat it. */
export const CANARY = 'canary-of-a-value';
/** Stands in names and paths, of which an answer repeats the beginning at most. */
export const LONG_NAME = 'n'.repeat(400);
/** A product that is not there; whatever is wrong with the request is found before. */
export const NO_PRODUCT = '/v1/products/019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';

export const validationFailed = (what: string, request: RequestToWrite, ...pointers: string[]): BadInput => ({
  what,
  bytes: requestBytes(request),
  status: 400,
  code: 'platform.validation-failed',
  pointers,
});

export const malformed = (what: string, bytes: Buffer | string): BadInput => ({
  what,
  bytes,
  status: 400,
  code: 'platform.malformed-request',
});
