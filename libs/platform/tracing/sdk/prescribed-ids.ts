import { RandomIdGenerator, type IdGenerator } from '@opentelemetry/sdk-trace';

export interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

/** Random ids, unless a span is begun that has been known before: then its own. */
export class PrescribedIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  private prescribed: SpanIds | undefined;

  /** Has the span that `begin` begins, at once, be called so. */
  with<T>(ids: SpanIds, begin: () => T): T {
    this.prescribed = ids;
    try {
      return begin();
    } finally {
      this.prescribed = undefined;
    }
  }

  generateTraceId(): string {
    return this.prescribed?.traceId ?? this.random.generateTraceId();
  }

  generateSpanId(): string {
    return this.prescribed?.spanId ?? this.random.generateSpanId();
  }
}
