import { describe, expect, it } from '@jest/globals';
import type { Answer } from '../stage/ask.ts';
import { problemFault } from './problem.ts';

const BODY: object = {
  type: 'urn:problem-type:platform.validation-failed',
  title: 'The request is not valid',
  status: 400,
  detail: 'The request is not valid',
  instance: '/v1/parcels',
  code: 'platform.validation-failed',
  requestId: 'one',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  errors: [{ pointer: '#/rating', detail: 'must be an integer' }],
};

function anAnswer({ status = 400, body = BODY, type = 'application/problem+json', id = 'one' } = {}): Answer {
  const headers = new Headers({ 'content-type': type, 'x-request-id': id });
  return { status, headers, text: JSON.stringify(body), json: body, tookMs: 1 };
}

describe('an answer that has to be a problem', () => {
  const expected = { status: 400, code: 'platform.validation-failed', pointers: ['#/rating'] };

  it('is right when it has the status, the code, the members and the pointer', () => {
    expect(problemFault(anAnswer(), expected)).toBeNull();
  });

  it.each([
    ['another status', anAnswer({ status: 500 }), /instead of 400/],
    ['another code', anAnswer({ body: { ...BODY, code: 'platform.other' } }), /instead of platform.validation-failed/],
    ['another type', anAnswer({ type: 'application/json' }), /of the type application\/json/],
    ['a member too few', anAnswer({ body: { ...BODY, traceId: undefined } }), /without traceId/],
    ['a stack', anAnswer({ body: { ...BODY, stack: 'Error' } }), /shows its insides/],
    ['a path of the source', anAnswer({ body: { ...BODY, detail: 'in filter.js:12' } }), /shows its insides/],
    ['the id of another request', anAnswer({ id: 'two' }), /id of another request/],
    [
      'another pointer',
      anAnswer({ body: { ...BODY, errors: [{ pointer: '#/title' }] } }),
      /names #\/title, not #\/rating/,
    ],
  ])('is wrong with %s', (_what, answer, told) => {
    expect(problemFault(answer, expected)).toMatch(told);
  });
});
