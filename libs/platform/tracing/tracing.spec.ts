import { setImmediate as turn } from 'node:timers/promises';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from '@jest/globals';
import { appError } from '#kernel/app-error';
import { parseTraceParent, runOutsideRequest } from '#platform/context';
import { LATE_SPANS_PER_SECOND, LateAllowance } from './sdk/late-allowance.js';
import { activeTraceParent, currentTraceParent, inSpan, isRecording, keepingTrace, traceHeaders } from './spans.js';
import { recordedTracing, type RecordedTracing } from './testing/recorded-tracing.js';
import { activeTracer, type TraceCaller } from './tracer.js';
import type { SamplerName } from './tracing.settings.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const callerThat = (flags: '00' | '01', state?: string): TraceCaller => ({
  parent: parseTraceParent(`00-${TRACE}-${PARENT}-${flags}`),
  state,
});
const NOBODY: TraceCaller = { parent: null };
const END = () => ({ name: 'GET /things/:id', attributes: { 'http.route': '/things/:id', left: undefined } });
const FAULT = { type: 'things.broken', keep: true };

class ThingGone extends appError({ code: 'things.gone', kind: 'not-found', title: 'Gone', remedy: 'None.' }) {}
class ThingAway extends appError({ code: 'things.away', kind: 'unavailable', title: 'Away', remedy: 'Wait.' }) {}

let tracing: RecordedTracing | undefined;
afterEach(() => {
  tracing?.off();
  tracing = undefined;
});

describe('tracing that is off', () => {
  it('begins no span, and does the work all the same', async () => {
    const work = async (): Promise<string> => 'done';
    const undescribed = (): never => {
      throw new Error('nobody asks');
    };

    expect(activeTracer()?.enter('server', callerThat('01'))).toBeUndefined();
    expect(await inSpan(undescribed, work)).toBe('done');
    expect(keepingTrace(work)).toBe(work);
    expect(isRecording()).toBe(false);
  });

  it('still passes on a trace id, of a trace that nobody has recorded', () => {
    expect(activeTraceParent()).toBeUndefined();
    expect(parseTraceParent(currentTraceParent())).toMatchObject({ sampled: false });
    expect(Object.keys(traceHeaders())).toEqual(['traceparent']);
  });
});

describe('an entry', () => {
  it('is a part of its caller’s trace, and named by its end', () => {
    tracing = recordedTracing();
    const span = activeTracer()?.enter('server', callerThat('01'));
    span?.end(END);

    expect(span).toMatchObject({ traceId: TRACE, sampled: true });
    expect(tracing.spans).toHaveLength(1);
    expect(tracing.spans[0]).toMatchObject({ name: 'GET /things/:id', kind: SpanKind.SERVER });
    expect(tracing.spans[0]?.parentSpanContext?.spanId).toBe(PARENT);
    expect(tracing.spans[0]?.spanContext()).toMatchObject({ traceId: TRACE, spanId: span?.spanId });
    expect(tracing.spans[0]?.attributes).toEqual({ 'http.route': '/things/:id' });
  });

  it('begins a trace where there is no caller', () => {
    tracing = recordedTracing();
    const [one, other] = [activeTracer()?.enter('server', NOBODY), activeTracer()?.enter('server', NOBODY)];
    one?.end(END);

    expect(one?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(one?.traceId).not.toBe(other?.traceId);
    expect(tracing.spans[0]?.parentSpanContext).toBeUndefined();
  });

  it('holds what happens in it, however deep, and nobody else’s', async () => {
    tracing = recordedTracing();
    const inner = () =>
      inSpan(
        () => ({ name: 'inner', kind: 'client' }),
        () => turn(),
      );
    const one = activeTracer()?.enter('server', NOBODY);
    const other = activeTracer()?.enter('server', NOBODY);
    await Promise.all([
      one?.run(() => inSpan(() => ({ name: 'outer', kind: 'internal' }), inner)),
      other?.run(async () => turn()),
    ]);

    const [innerSpan, outerSpan] = tracing.spans;
    expect(innerSpan).toMatchObject({ name: 'inner', kind: SpanKind.CLIENT });
    expect(innerSpan?.parentSpanContext?.spanId).toBe(outerSpan?.spanContext().spanId);
    expect(outerSpan?.parentSpanContext?.spanId).toBe(one?.spanId);
    expect(tracing.spans).toHaveLength(2);
  });

  it('is kept by what is done for nobody in particular, when it asks for that', () => {
    tracing = recordedTracing();
    activeTracer()
      ?.enter('server', callerThat('01'))
      .run(() => {
        expect(runOutsideRequest(isRecording)).toBe(false);
        expect(runOutsideRequest(keepingTrace(isRecording))).toBe(true);
      });
  });

  it('is what others are told of, with the state that came, and with nothing that is longer than allowed', () => {
    tracing = recordedTracing();
    const told = (state: string) => activeTracer()?.enter('server', callerThat('01', state)).run(traceHeaders);

    expect(told('vendor=abc')).toEqual({
      traceparent: expect.stringMatching(`^00-${TRACE}-`),
      tracestate: 'vendor=abc',
    });
    expect(Object.keys(told(`vendor=${'x'.repeat(512)}`) ?? {})).toEqual(['traceparent']);
  });
});

describe('a sampler', () => {
  const decisions = (name: SamplerName, ratio: number, caller: TraceCaller, count = 1): number => {
    tracing = recordedTracing({ sampler: name, ratio });
    return Array.from({ length: count }, () => activeTracer()?.enter('server', caller)).filter((span) => span?.sampled)
      .length;
  };

  it.each([
    ['parentbased_traceidratio', 0, '01', 1],
    ['parentbased_traceidratio', 1, '00', 0],
    ['parentbased_always_off', 1, '01', 1],
    ['parentbased_always_on', 0, '00', 0],
    ['always_on', 0, '00', 1],
    ['always_off', 1, '01', 0],
    ['traceidratio', 1, '00', 1],
    ['traceidratio', 0, '01', 0],
  ] as const)('%s of %d takes from a caller with the flag %s: %d', (name, ratio, flags, taken) => {
    expect(decisions(name, ratio, callerThat(flags))).toBe(taken);
  });

  it('takes about its share of the traces that begin here', () => {
    const taken = decisions('parentbased_traceidratio', 0.25, NOBODY, 4_000);

    expect(taken).toBeGreaterThan(800);
    expect(taken).toBeLessThan(1_200);
  });
});

describe('an entry that is not sampled', () => {
  const unsampled = { sampler: 'always_off' } as const;

  it('records nothing of what goes well, and tells others so', async () => {
    tracing = recordedTracing(unsampled);
    const span = activeTracer()?.enter('server', callerThat('01'));
    const told = await span?.run(() =>
      inSpan(
        () => ({ name: 'inner', kind: 'client' }),
        async () => activeTraceParent(),
      ),
    );
    span?.end(END);

    expect(told).toBe(`00-${TRACE}-${span?.spanId}-00`);
    expect(tracing.spans).toEqual([]);
  });

  it('is exported when it fails: with its ids, its caller, its beginning and its code', async () => {
    tracing = recordedTracing(unsampled);
    const beforeMs = Date.now();
    const span = tracing.tracer.enter('server', callerThat('00'));
    const begunMs = Date.now();
    while (Date.now() <= begunMs) await turn(); // so that its end is another moment
    span.end(END, FAULT);

    const [late] = tracing.spans;
    expect(late).toMatchObject({
      name: 'GET /things/:id',
      kind: SpanKind.SERVER,
      status: { code: SpanStatusCode.ERROR },
    });
    expect(late?.spanContext()).toMatchObject({ traceId: TRACE, spanId: span.spanId, traceFlags: 1 });
    expect(late?.parentSpanContext?.spanId).toBe(PARENT);
    expect(late?.attributes).toMatchObject({ 'error.type': 'things.broken' });
    const startMs = (late?.startTime[0] ?? 0) * 1e3 + (late?.startTime[1] ?? 0) / 1e6;
    expect(startMs).toBeGreaterThanOrEqual(beforeMs);
    expect(startMs).toBeLessThanOrEqual(begunMs);
  });

  it('is not, when nobody wants to hear of its failure', () => {
    tracing = recordedTracing(unsampled);
    activeTracer()
      ?.enter('server', NOBODY)
      .end(END, { ...FAULT, keep: false });

    expect(tracing.spans).toEqual([]);
  });

  it('is exported so many times in a second, and no more when everything fails', () => {
    const BROUGHT = LATE_SPANS_PER_SECOND / 10;
    let nowMs = 0;
    const late = new LateAllowance(() => nowMs);
    tracing = recordedTracing({ ...unsampled, late });
    const fail = (times: number): void => {
      for (let n = 0; n < times; n += 1) activeTracer()?.enter('server', NOBODY).end(END, FAULT);
    };
    fail(1_000);
    expect(tracing.spans).toHaveLength(LATE_SPANS_PER_SECOND);
    nowMs = 100;
    fail(1_000);

    expect(tracing.spans).toHaveLength(LATE_SPANS_PER_SECOND + BROUGHT);
    expect(Object.fromEntries(late.counts)).toEqual({
      kept: LATE_SPANS_PER_SECOND + BROUGHT,
      dropped: 2_000 - LATE_SPANS_PER_SECOND - BROUGHT,
    });
  });
});

describe('an error within a span', () => {
  const spanOf = async (error: unknown) => {
    tracing = recordedTracing();
    const work = () =>
      inSpan(
        () => ({ name: 'work', kind: 'internal' }),
        () => Promise.reject(error as Error),
      );
    await expect(activeTracer()?.enter('server', NOBODY).run(work)).rejects.toBe(error);
    return tracing.spans[0];
  };

  it.each([
    ['ours, which refuses', new ThingGone('secret'), 'things.gone', SpanStatusCode.UNSET],
    ['ours, which is a fault', new ThingAway('secret'), 'things.away', SpanStatusCode.ERROR],
    ['a driver’s', Object.assign(new Error('secret'), { code: '23505' }), '23505', SpanStatusCode.ERROR],
    ['a stranger’s', new TypeError('secret'), 'TypeError', SpanStatusCode.ERROR],
    [
      'whose code is a text',
      Object.assign(new Error('secret'), { code: 'a secret text' }),
      'Error',
      SpanStatusCode.ERROR,
    ],
    ['that is none', 'secret', '_OTHER', SpanStatusCode.ERROR],
  ])('%s is told by its code and never by its message', async (_whose, error, type, code) => {
    const span = await spanOf(error);

    expect(span).toMatchObject({ status: { code }, attributes: { 'error.type': type }, events: [] });
    expect(JSON.stringify([span?.status, span?.attributes])).not.toContain('secret');
  });
});
