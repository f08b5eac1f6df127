import type { AppError } from '#kernel/app-error';
import { pathOf } from '#platform/context';
import type { FieldFault } from './edge.errors.js';
import { STATUS_BY_KIND } from './error-kinds.js';

/** RFC 9457, with the members that every answer of this service has. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly traceId: string;
  readonly errors?: readonly FieldFault[];
  readonly [extension: string]: unknown;
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** With these no problem is larger than 8 KiB. */
const TEXT_LENGTH_MAX = 300;
const INSTANCE_LENGTH_MAX = 256;
const FAULTS_MAX = 20;
const FAULT_TEXT_LENGTH_MAX = 120;
const FAULTS_BYTES_MAX = 6 * 1024;

/** Bounded, and without control characters: in JSON each would be six times as long as it was in the request. */
function clip(text: string, max: number): string {
  const clean = text.replace(/\p{Cc}/gu, '\ufffd').toWellFormed();
  return clean.length <= max ? clean : `${clean.slice(0, max - 1).toWellFormed()}…`;
}

export interface Occurrence {
  /** The request's target; the query string is cut off, since it may hold what must not be repeated. */
  readonly url: string;
  readonly requestId: string;
  readonly traceId: string;
}

/** What a problem says of where it happened. */
export const instanceOf = (url: string): string => clip(pathOf(url), INSTANCE_LENGTH_MAX);

/** The answer that tells of `error`. It holds nothing but facts that are meant for the client, and is bounded in size. */
export function problemOf(error: AppError, occurrence: Occurrence): Problem {
  const { errors, ...extensions } = error.extensions as { errors?: readonly FieldFault[] };
  return {
    ...extensions,
    type: `urn:problem-type:${error.code}`,
    title: error.title,
    status: STATUS_BY_KIND[error.kind],
    detail: clip(error.message, TEXT_LENGTH_MAX),
    instance: instanceOf(occurrence.url),
    code: error.code,
    requestId: occurrence.requestId,
    traceId: occurrence.traceId,
    ...(errors && { errors: bounded(errors) }),
  };
}

/** In bytes too: a name of control characters is six times as long in JSON as it was in the request. */
function bounded(faults: readonly FieldFault[]): FieldFault[] {
  const told: FieldFault[] = [];
  let bytes = 0;
  for (const { pointer, detail } of faults.slice(0, FAULTS_MAX)) {
    const fault = { pointer: clip(pointer, FAULT_TEXT_LENGTH_MAX), detail: clip(detail, FAULT_TEXT_LENGTH_MAX) };
    bytes += Buffer.byteLength(JSON.stringify(fault));
    if (bytes > FAULTS_BYTES_MAX) break;
    told.push(fault);
  }
  return told;
}
