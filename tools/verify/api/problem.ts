import { type Answer, field, toldBy } from '../stage/ask.ts';

export interface ExpectedProblem {
  readonly status: number;
  /** Left out, any. */
  readonly code?: string;
  /** One of them has to be among the fields that are named; left out, none has to be. */
  readonly pointers?: readonly string[];
}

/** No problem is larger, whatever was asked. */
const PROBLEM_CHARACTERS_MAX = 8_192;
const MEMBERS = ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId', 'traceId'];
/** A frame of a stack (its line break is two characters in JSON), a source's path, or a cause. */
const INSIDES = /\\n {1,8}at |node_modules|\.js:\d|"stack"|"cause"/;

/** What is wrong with an answer that has to be a problem as the contract says (RFC 9457); null where it is right. */
export function problemFault(answer: Answer, { status, code, pointers }: ExpectedProblem): string | null {
  const told = toldBy(answer);
  if (answer.status !== status) return `${told} instead of ${status}${code === undefined ? '' : ` ${code}`}`;
  if (code !== undefined && field(answer.json, 'code') !== code) return `${told} instead of ${code}`;
  const formless = formFault(answer);
  if (formless !== null) return `${told} ${formless}`;
  if (!pointers) return null;
  const named = pointersIn(answer);
  if (named.some((pointer) => pointers.includes(pointer))) return null;
  return `${told} names ${named.join(', ') || 'no field'}, not ${pointers.join(' or ')}`;
}

/** What is wrong with the form of a problem, of whatever status. */
export function formFault({ headers, json, text }: Answer): string | null {
  const type = headers.get('content-type');
  if (!type?.startsWith('application/problem+json')) return `is of the type ${type}`;
  const missing = MEMBERS.filter((name) => field(json, name) === undefined);
  if (missing.length > 0) return `is without ${missing.join(', ')}`;
  if (text.length > PROBLEM_CHARACTERS_MAX) return `has ${text.length} characters`;
  if (INSIDES.test(text)) return 'shows its insides';
  return field(json, 'requestId') === headers.get('x-request-id') ? null : 'has the id of another request';
}

function pointersIn({ json }: Answer): string[] {
  const errors = field(json, 'errors');
  return Array.isArray(errors) ? errors.map((error) => String(field(error, 'pointer'))) : [];
}
