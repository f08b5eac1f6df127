import type { TraceParent } from '#platform/context';

/** What a span stands for, as OpenTelemetry has it. */
export type SpanKind = 'server' | 'client' | 'producer' | 'consumer' | 'internal';

/** By the names of OpenTelemetry's semantic conventions; what is undefined is left out. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface SpanDescription {
  /** Of a small set: never with an id or a value in it. */
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes?: SpanAttributes;
}

/** A span while its work runs. */
export interface RunningSpan {
  /** What is known only now. */
  set(attributes: SpanAttributes): void;
  /** What its failure is, where its error would not say: it is then told of in place of the error. */
  failsAs(failure: WorkFailure): void;
}

export interface WorkFailure {
  /** `error.type`: of a small set, and never a message. */
  readonly type: string;
  /** Whether something is wrong: false where nobody waits for the work any more. */
  readonly isFault: boolean;
}

/** How a span ended. */
export interface SpanEnd {
  readonly name: string;
  readonly attributes: SpanAttributes;
}

export interface SpanFailure {
  /** A small set: the code of one of our errors, a status, the name of a class. Never a message. */
  readonly type: string;
  /** Whether the span is exported also where its trace is not sampled. */
  readonly keep: boolean;
}

/** The span by which work enters this process, or leaves it for a while: of a request, of an event. */
export interface EntrySpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Whether it is recorded and exported, with all that happens in it. */
  readonly sampled: boolean;
  /** Runs `work`, and everything asynchronous that it starts, within this span. */
  run<T>(work: () => T): T;
  /** @param tell is called where the span is exported, and not otherwise */
  end(tell: () => SpanEnd, failure?: SpanFailure): void;
}

/** Whose work a span is a part of. */
export interface TraceCaller {
  readonly parent: TraceParent | null;
  /** The `tracestate` that came with it. */
  readonly state?: string | string[] | undefined;
}

/** What is behind the spans while tracing is on. */
export abstract class Tracer {
  /** Begins a span whose caller is elsewhere; without a caller, or with an invalid one, it begins a trace. */
  abstract enter(kind: SpanKind, caller: TraceCaller): EntrySpan;

  /** Whether the current code runs within a span that is recorded. */
  abstract get isRecording(): boolean;

  /** Does `work` in a span of its own within the current one. */
  abstract inSpan<T>(description: SpanDescription, work: (span: RunningSpan) => Promise<T>): Promise<T>;

  /** The current span, recorded or not; undefined outside of all. */
  abstract get current(): TraceParent | undefined;

  /** The `tracestate` of the current span. */
  abstract get currentState(): string | undefined;

  /** `work`, to be done within the span that is current now. */
  abstract keeping<T>(work: () => T): () => T;

  /** Sends what waits, for no longer than that, and records nothing from then on. Never rejects. */
  abstract shutdown(withinMs: number): Promise<void>;
}

let installed: Tracer | undefined;

/** Undefined while tracing is off: that is all it then costs. */
export const activeTracer = (): Tracer | undefined => installed;

export function installTracer(tracer: Tracer | undefined): void {
  installed = tracer;
}
