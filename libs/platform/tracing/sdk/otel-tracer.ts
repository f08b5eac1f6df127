import {
  ROOT_CONTEXT,
  SpanKind as Kind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Span,
  type SpanContext,
  type Tracer as ApiTracer,
} from '@opentelemetry/api';
import type { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TraceState } from '@opentelemetry/core';
import { SamplingDecision, type Sampler } from '@opentelemetry/sdk-trace';
import type { TraceParent } from '#platform/context';
import { errorTypeOf, isFault } from '../error-type.js';
import {
  Tracer,
  type EntrySpan,
  type RunningSpan,
  type SpanDescription,
  type SpanKind,
  type TraceCaller,
  type WorkFailure,
} from '../tracer.js';
import { SampledEntry, UnsampledEntry } from './entry-spans.js';
import type { LateAllowance } from './late-allowance.js';
import type { PrescribedIds, SpanIds } from './prescribed-ids.js';

const KINDS: Readonly<Record<SpanKind, Kind>> = {
  server: Kind.SERVER,
  client: Kind.CLIENT,
  producer: Kind.PRODUCER,
  consumer: Kind.CONSUMER,
  internal: Kind.INTERNAL,
};
/** Trace Context, 3.3.1.5: what everybody passes on, at least. More than that is passed on by nobody here. */
const TRACE_STATE_LENGTH_MAX = 512;
/** Until its end tells what it is called. */
const UNNAMED = '(unnamed)';

export interface TracerParts {
  /** Records whatever it is asked to. */
  readonly spans: ApiTracer;
  /** Of {@link spans}. */
  readonly ids: PrescribedIds;
  readonly sampler: Sampler;
  readonly contexts: AsyncLocalStorageContextManager;
  readonly late: LateAllowance;
  /** Sends what waits. */
  readonly shutdown: () => Promise<void>;
}

/** Spans of the OpenTelemetry SDK. What is not sampled is decided at the entry, and makes no span of the SDK at all. */
export class OtelTracer extends Tracer {
  constructor(private readonly parts: TracerParts) {
    super();
  }

  override enter(kind: SpanKind, caller: TraceCaller): EntrySpan {
    const { ids, sampler, contexts } = this.parts;
    const parent = callerOf(caller);
    const within = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
    const own = { traceId: parent?.traceId ?? ids.generateTraceId(), spanId: ids.generateSpanId() };
    const { decision } = sampler.shouldSample(within, own.traceId, UNNAMED, KINDS[kind], {}, []);
    if (decision === SamplingDecision.RECORD_AND_SAMPLED) {
      return new SampledEntry(this.begin(own, kind, within), within, contexts);
    }
    const unrecorded = {
      ...own,
      traceFlags: TraceFlags.NONE,
      ...(parent?.traceState && { traceState: parent.traceState }),
    };
    return new UnsampledEntry(own, trace.setSpanContext(ROOT_CONTEXT, unrecorded), contexts, (known, startedAtMs) =>
      this.parts.late.take() ? this.begin(known, kind, within, startedAtMs) : undefined,
    );
  }

  override get isRecording(): boolean {
    return trace.getSpan(this.parts.contexts.active())?.isRecording() ?? false;
  }

  override inSpan<T>(description: SpanDescription, work: (span: RunningSpan) => Promise<T>): Promise<T> {
    const { spans, contexts } = this.parts;
    const { name, kind, attributes = {} } = description;
    const within = contexts.active();
    const span = spans.startSpan(name, { kind: KINDS[kind], attributes }, within);
    let failure: WorkFailure | undefined;
    const running: RunningSpan = {
      set: (known) => void span.setAttributes(known),
      failsAs: (known) => (failure = known),
    };
    return contexts
      .with(trace.setSpan(within, span), () => work(running))
      .catch((error: unknown) => {
        const told = failure ?? { type: errorTypeOf(error), isFault: isFault(error) };
        span.setAttribute('error.type', told.type);
        if (told.isFault) span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      })
      .finally(() => span.end());
  }

  override get current(): TraceParent | undefined {
    const context = this.currentContext;
    if (!context) return undefined;
    const { traceId, spanId, traceFlags } = context;
    return { traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 };
  }

  override get currentState(): string | undefined {
    return this.currentContext?.traceState?.serialize() || undefined;
  }

  override keeping<T>(work: () => T): () => T {
    const { contexts } = this.parts;
    const context: Context = contexts.active();
    return () => contexts.with(context, work);
  }

  override async shutdown(withinMs: number): Promise<void> {
    const { promise: expired, resolve: expire } = Promise.withResolvers<void>();
    const timer = setTimeout(expire, withinMs);
    await Promise.race([this.parts.shutdown().catch(() => undefined), expired]); // its failure has been counted
    clearTimeout(timer);
  }

  private get currentContext(): SpanContext | undefined {
    return trace.getSpanContext(this.parts.contexts.active());
  }

  private begin(ids: SpanIds, kind: SpanKind, within: Context, startTime?: number): Span {
    const options = { kind: KINDS[kind], ...(startTime !== undefined && { startTime }) };
    return this.parts.ids.with(ids, () => this.parts.spans.startSpan(UNNAMED, options, within));
  }
}

function callerOf({ parent, state }: TraceCaller): SpanContext | undefined {
  if (!parent) return undefined;
  const { traceId, spanId, sampled } = parent;
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  const isState = typeof state === 'string' && state !== '' && state.length <= TRACE_STATE_LENGTH_MAX;
  return { traceId, spanId, traceFlags, isRemote: true, ...(isState && { traceState: new TraceState(state) }) };
}
