import { trace, type Context, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { EntrySpan, SpanEnd, SpanFailure } from '../tracer.js';
import type { SpanIds } from './prescribed-ids.js';

/** A span that is recorded. */
export class SampledEntry implements EntrySpan {
  readonly sampled = true;
  readonly traceId: string;
  readonly spanId: string;

  constructor(
    private readonly span: Span,
    private readonly within: Context,
    private readonly contexts: AsyncLocalStorageContextManager,
  ) {
    ({ traceId: this.traceId, spanId: this.spanId } = span.spanContext());
  }

  run<T>(work: () => T): T {
    return this.contexts.with(trace.setSpan(this.within, this.span), work);
  }

  end(tell: () => SpanEnd, failure?: SpanFailure): void {
    conclude(this.span, tell(), failure);
  }
}

/** A span that is not recorded: its ids, and when it began, should it fail. */
export class UnsampledEntry implements EntrySpan {
  readonly sampled = false;
  readonly traceId: string;
  readonly spanId: string;
  private readonly startedAtMs = Date.now();

  constructor(
    ids: SpanIds,
    /** Holds the span that is not recorded. */
    private readonly within: Context,
    private readonly contexts: AsyncLocalStorageContextManager,
    private readonly beginLate: (ids: SpanIds, startedAtMs: number) => Span | undefined,
  ) {
    ({ traceId: this.traceId, spanId: this.spanId } = ids);
  }

  run<T>(work: () => T): T {
    return this.contexts.with(this.within, work);
  }

  end(tell: () => SpanEnd, failure?: SpanFailure): void {
    if (!failure?.keep) return;
    const span = this.beginLate(this, this.startedAtMs);
    if (span) conclude(span, tell(), failure);
  }
}

function conclude(span: Span, { name, attributes }: SpanEnd, failure: SpanFailure | undefined): void {
  span.updateName(name).setAttributes(attributes);
  if (failure) span.setAttribute('error.type', failure.type).setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
