import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Deadline } from '#platform/deadline';
import { currentRequest, runInRequest, type RequestContext } from './request-context.js';

const aContext = (requestId: string): RequestContext => ({
  requestId,
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  startedAtMs: 0,
  deadline: new Deadline(1000),
  errorCode: undefined,
});

describe("a request's context", () => {
  it('follows its work through everything asynchronous, and no other', async () => {
    const work = async (): Promise<string | undefined> => {
      await turn();
      await Promise.all([turn(), turn()]);
      return currentRequest()?.requestId;
    };
    const seen = await Promise.all(['a', 'b', 'c'].map((id) => runInRequest(aContext(id), work)));
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('is none outside of a request', () => {
    runInRequest(aContext('a'), () => undefined);
    expect(currentRequest()).toBeUndefined();
  });
});
