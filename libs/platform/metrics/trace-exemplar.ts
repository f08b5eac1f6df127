import type { RequestContext } from '#platform/context';

const NONE: Readonly<Record<string, string>> = {};

/**
 * The labels of an exemplar: the trace in which a measured thing can be looked at. None where nobody keeps the trace, so
 * that no link leads nowhere. One label: OpenMetrics allows 128 characters for all of them.
 */
export const traceExemplar = (
  request: Pick<RequestContext, 'traceId' | 'traceSampled'> | undefined,
): Readonly<Record<string, string>> => (request?.traceSampled === true ? { trace_id: request.traceId } : NONE);
