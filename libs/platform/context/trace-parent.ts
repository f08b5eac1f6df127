import { randomBytes } from 'node:crypto';

const TRACE_PARENT = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/;
const ALL_ZERO_ID = /^0+$/;
const SPAN_ID_BYTES = 8;
const SAMPLED = 1;

/** What a W3C `traceparent` says (Trace Context, 3.2). */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Of the caller's span, 16 hexadecimal digits. */
  readonly spanId: string;
  /** Whether the caller has recorded its span. */
  readonly sampled: boolean;
}

/** Reads a `traceparent` header; null when it is absent or invalid: then a new trace begins. */
export function parseTraceParent(header: string | string[] | undefined): TraceParent | null {
  if (typeof header !== 'string') return null;
  const [, version, traceId, spanId, flags, more] = TRACE_PARENT.exec(header) ?? [];
  if (!traceId || !spanId || !flags || ALL_ZERO_ID.test(traceId) || ALL_ZERO_ID.test(spanId)) return null;
  if (version === '00' && more === '-') return null; // later versions may say more than this one does
  return { traceId, spanId, sampled: (parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

/** The trace id of a `traceparent` header, or null when the header is absent or invalid. */
export const traceIdOf = (header: string | string[] | undefined): string | null =>
  parseTraceParent(header)?.traceId ?? null;

/** What another one is told of a span of ours. */
export const formatTraceParent = ({ traceId, spanId, sampled }: TraceParent): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

/** A `traceparent` for what this trace asks of others; the flag says that no span was recorded for it. */
export const newTraceParent = (traceId: string): string =>
  formatTraceParent({ traceId, spanId: randomBytes(SPAN_ID_BYTES).toString('hex'), sampled: false });
