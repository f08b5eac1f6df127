import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { currentRequest, newRequestContext, runInRequest, type RequestContext } from '#platform/context';
import { ClientDisconnected, Deadline, DeadlineExceeded } from '#platform/deadline';
import { RequestTimeBudget } from './request-time-budget.js';

const budget = new RequestTimeBudget();

const aRequest = (remainingMs = 5_000): RequestContext =>
  newRequestContext({ requestId: 'r', deadline: new Deadline(remainingMs) });

const forever = (): Promise<never> => new Promise(() => undefined);

describe('RequestTimeBudget', () => {
  it('gives the result of work that is done in time', async () => {
    expect(await budget.within(1_000, async () => 'done')).toBe('done');
  });

  it('passes on what the work throws', async () => {
    await expect(budget.within(1_000, () => Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
  });

  it('waits no longer than the budget, within a request and outside of one', async () => {
    await expect(budget.within(5, forever)).rejects.toBeInstanceOf(DeadlineExceeded);
    await expect(runInRequest(aRequest(), () => budget.within(5, forever))).rejects.toBeInstanceOf(DeadlineExceeded);
  });

  it('tells the work in time that it is over, and the request that it is not', async () => {
    const request = aRequest();
    let signal: AbortSignal | undefined;
    const work = async () => {
      signal = currentRequest()?.deadline.signal;
      if (signal) await once(signal, 'abort');
    };

    await expect(runInRequest(request, () => budget.within(5, work))).rejects.toBeInstanceOf(DeadlineExceeded);

    expect(signal?.aborted).toBe(true);
    expect(request.deadline.reason).toBeUndefined();
  });

  it('ends with the request, when that is over first', async () => {
    const request = aRequest();
    const working = runInRequest(request, () => budget.within(5_000, forever));

    request.deadline.end(new ClientDisconnected());

    await expect(working).rejects.toBeInstanceOf(ClientDisconnected);
  });

  it('keeps what is known of the request for the work', async () => {
    const requestId = await runInRequest(aRequest(), () =>
      budget.within(1_000, async () => currentRequest()?.requestId),
    );

    expect(requestId).toBe('r');
  });
});
