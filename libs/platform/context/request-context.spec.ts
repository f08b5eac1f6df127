import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Deadline } from '#platform/deadline';
import {
  currentRequest,
  newRequestContext,
  runInRequest,
  runOutsideRequest,
  type RequestContext,
} from './request-context.js';

const aContext = (requestId: string): RequestContext => newRequestContext({ requestId, deadline: new Deadline(1000) });

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

  it('is left by what is done for nobody in particular, with all that others keep beside it', async () => {
    const beside = new AsyncLocalStorage<string>();
    const look = async () => {
      await turn();
      return { request: currentRequest()?.requestId, beside: beside.getStore() };
    };
    const seen = await runInRequest(aContext('a'), () =>
      beside.run('a transaction', () => Promise.all([runOutsideRequest(look), look()])),
    );

    expect(seen).toEqual([
      { request: undefined, beside: undefined },
      { request: 'a', beside: 'a transaction' },
    ]);
  });
});
