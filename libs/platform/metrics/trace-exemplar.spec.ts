import { describe, expect, it } from '@jest/globals';
import { newRequestContext } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { traceExemplar } from './trace-exemplar.js';

const context = (traceSampled: boolean) => newRequestContext({ deadline: new Deadline(1_000), traceSampled });

describe('the exemplar of a request', () => {
  it('is its trace, where it is kept', () => {
    const sampled = context(true);

    expect(traceExemplar(sampled)).toEqual({ trace_id: sampled.traceId });
  });

  it('is none where the trace is not kept, or nobody asks', () => {
    expect(traceExemplar(context(false))).toEqual({});
    expect(traceExemplar(undefined)).toEqual({});
  });
});
