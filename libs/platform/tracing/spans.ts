import { currentRequest, formatTraceParent, newTraceId, newTraceParent } from '#platform/context';
import { activeTracer, type RunningSpan, type SpanDescription } from './tracer.js';

const NO_SPAN: RunningSpan = { set: () => undefined, failsAs: () => undefined };

/** Whether somebody will see a span that is begun now: what describes it need not be made otherwise. */
export const isRecording = (): boolean => activeTracer()?.isRecording ?? false;

/** Does `work` in a span of its own, where the current trace is recorded. Its error is the span's, by its code alone. */
export function inSpan<T>(describe: () => SpanDescription, work: (span: RunningSpan) => Promise<T>): Promise<T> {
  const tracer = activeTracer();
  return tracer?.isRecording ? tracer.inSpan(describe(), work) : work(NO_SPAN);
}

/** The span that a line of the log belongs to; undefined outside of all, and while tracing is off. */
export const currentSpanId = (): string | undefined => activeTracer()?.current?.spanId;

/** `work` as a part of the current trace, wherever it is done: also for nobody in particular. */
export const keepingTrace = <T>(work: () => T): (() => T) => activeTracer()?.keeping(work) ?? work;

/** The current span as others are told of it; undefined outside of all, and while tracing is off. */
export function activeTraceParent(): string | undefined {
  const current = activeTracer()?.current;
  return current && formatTraceParent(current);
}

/** A `traceparent` for what is done now: the current span's, else one of the current request's trace, else of a new one. */
export const currentTraceParent = (): string =>
  activeTraceParent() ?? newTraceParent(currentRequest()?.traceId ?? newTraceId());

/** The W3C trace context for another service. `baggage` is none of it: see docs/decisions/0022-tracing.md. */
export function traceHeaders(): Record<string, string> {
  const state = activeTracer()?.currentState;
  return { traceparent: currentTraceParent(), ...(state !== undefined && { tracestate: state }) };
}
