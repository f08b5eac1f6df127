const TRACE_PARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:$|-)/;
const ALL_ZERO_ID = /^0+$/;

/** The trace id of a W3C `traceparent` header (Trace Context, 3.2), or null when the header is absent or invalid. */
export function traceIdOf(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string') return null;
  const [, traceId, parentId] = TRACE_PARENT.exec(header) ?? [];
  if (!traceId || !parentId || ALL_ZERO_ID.test(traceId) || ALL_ZERO_ID.test(parentId)) return null;
  return traceId;
}
