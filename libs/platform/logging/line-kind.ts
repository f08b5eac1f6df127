import { STATUS_CODES } from 'node:http';
import { hash } from 'node:crypto';
import { currentRequest } from '#platform/context';
import { CAUSE_DEPTH_MAX, ERRORS_MAX, ERRORS_TOTAL_MAX } from './error-bounds.js';
import { isError, safeGet, safeText } from './safe-text.js';
import { TEXT_LENGTH_MAX } from './scrub.js';

/** What tells one line from another beside its message. Each has few values. */
const TELLING_FIELDS = [
  'context',
  'errorCode',
  'route',
  'dependency',
  'consumer',
  'eventType',
  'feature',
  'source',
] as const;

/** What differs between two lines that say the same: ids (UUIDs, and hexadecimal ones), numbers, addresses. */
const VARYING = /[0-9a-f][0-9a-f-]{15,}|\d+/gi;

/** What stands before a status, which tells apart: a 401 is another matter than a 503. */
const BEFORE_STATUS = /\b(?:with|gave|status|code|http)[ :=]{1,2}$/i;
const BEFORE_STATUS_LENGTH_MAX = 8;

const template = (text: string): string => {
  const bounded = text.slice(0, TEXT_LENGTH_MAX);
  const isStatus = (part: string, at: number): boolean =>
    part in STATUS_CODES && BEFORE_STATUS.test(bounded.slice(Math.max(0, at - BEFORE_STATUS_LENGTH_MAX), at));
  return bounded.replace(VARYING, (part, at: number) => (isStatus(part, at) ? part : '#'));
};

/**
 * What a line says, without what is different each time: two lines of one kind repeat each other. The whole chain of
 * causes counts, so that a new bug is not lost among the repetitions of another with the same code. A digest.
 */
export function kindOfLine(level: number, fields: unknown, message: string): string {
  const parts = [String(level), template(message), currentRequest()?.route ?? ''];
  if (typeof fields === 'object' && fields !== null) {
    for (const name of TELLING_FIELDS) parts.push(textIn(fields, name));
    parts.push(template(textIn(fields, 'reason')));
    const error = isError(fields) ? fields : safeGet(fields, 'err');
    if (error !== undefined) addKindOf(error, parts, 0, { left: ERRORS_TOTAL_MAX });
  }
  return hash('sha1', parts.join('\n'), 'base64');
}

const textIn = (fields: object, name: string): string => {
  const value = safeGet(fields, name);
  return typeof value === 'string' ? value : '';
};

function addKindOf(error: unknown, parts: string[], depth: number, budget: { left: number }): void {
  if (depth > CAUSE_DEPTH_MAX || budget.left <= 0) return;
  budget.left -= 1;
  if (!isError(error)) return void parts.push(typeof error, template(safeText(error)));
  const code = textIn(error, 'code');
  parts.push(textIn(error, 'name'), code, template(safeText(safeGet(error, 'message'))));
  // What has a code says which error it is. A bug says where.
  if (code === '') parts.push(topFrameOf(error));
  if (error instanceof AggregateError) {
    for (const one of error.errors.slice(0, ERRORS_MAX)) addKindOf(one, parts, depth + 1, budget);
  }
  const cause = safeGet(error, 'cause');
  if (cause !== undefined) addKindOf(cause, parts, depth + 1, budget);
}

/** The innermost call of a stack: `at Books.find (file:///app/…/books.js:12:5)`. */
const TOP_FRAME = /^ +at .+$/m;
const topFrameOf = (error: Error): string =>
  TOP_FRAME.exec(textIn(error, 'stack').slice(0, TEXT_LENGTH_MAX * 2))?.[0] ?? '';
