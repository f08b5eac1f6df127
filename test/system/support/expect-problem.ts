import { expect } from '@jest/globals';
import type { RawAnswer } from './raw-connection.js';

/** No problem is larger, whatever was asked. */
const PROBLEM_BYTES_MAX = 8192;

export interface ExpectedProblem {
  readonly status: number;
  readonly code: string;
  /** Of `errors`, in order; left out, there must be no `errors`. */
  readonly pointers?: readonly string[] | undefined;
}

export interface ProblemBody {
  readonly code: string;
  readonly requestId: string;
  readonly traceId: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly [member: string]: unknown;
}

/** Demands a problem as the contract describes it (RFC 9457, and our members), of bounded size. */
export function expectProblem(answer: RawAnswer, { status, code, pointers }: ExpectedProblem): ProblemBody {
  expect(`${answer.status} ${answer.body}`).toMatch(new RegExp(`^${status} \\{.*"code":"${code}"`));
  const problem = JSON.parse(answer.body) as ProblemBody;
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(problem).toMatchObject({
    type: `urn:problem-type:${code}`,
    title: expect.stringMatching(/\S/),
    status,
    detail: expect.stringMatching(/\S/),
    instance: expect.any(String),
    requestId: answer.headers['x-request-id'],
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(problem.requestId).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
  expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  expect(Buffer.byteLength(answer.body)).toBeLessThan(PROBLEM_BYTES_MAX);
  return problem;
}
