import { describe, expect, it } from '@jest/globals';
import { newRequestContext, parseTraceParent, runInRequest } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { correlationHeaders } from './correlation-headers.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const aRequest = () => newRequestContext({ requestId: 'followed', traceId: TRACE, deadline: new Deadline(1_000) });

describe('what another service is told of a request', () => {
  it('is its id, and its trace, of which nobody has recorded anything', () => {
    const headers = runInRequest(aRequest(), correlationHeaders);

    expect(headers).toEqual({ 'x-request-id': 'followed', traceparent: expect.stringMatching(`^00-${TRACE}-`) });
    expect(parseTraceParent(headers['traceparent'])).toMatchObject({ sampled: false });
  });

  it('is nothing outside of a request', () => {
    expect(correlationHeaders()).toEqual({});
  });
});
