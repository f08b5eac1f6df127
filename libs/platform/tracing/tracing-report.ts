/** Spans by `error.type`; those that went well under the empty text. */
export type SpanCounts = ReadonlyMap<string, number>;

/** Spans that nobody will see. */
export interface TracingTrouble {
  readonly spans: number;
  /** `queue_full`, or what the export failed by. */
  readonly errorType: string;
}

/** What the metrics and the log tell of tracing itself. */
export interface TracingReport {
  /** Handed to the exporter, or dropped because the queue was full. */
  readonly processed: SpanCounts;
  /** Taken by the collector, or not. */
  readonly exported: SpanCounts;
  /** Failed spans of traces that are not sampled, by what became of them: `kept`, `dropped`. */
  readonly late: SpanCounts;
  onTrouble(listener: (trouble: TracingTrouble) => void): void;
}
