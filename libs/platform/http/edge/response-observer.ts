import type { IncomingHttpHeaders } from 'node:http';
import type { RequestContext } from '#platform/context';

/** The route label of what no route answered: one label, whatever the URL was. */
export const ROUTE_UNMATCHED = '(unmatched)';

/** nginx's status for "the client went away before the answer": no client ever sees it. */
export const STATUS_CLIENT_CLOSED = 499;

/** All that is told of a finished exchange. */
export interface ResponseOutcome {
  readonly method: string;
  /** The route's template, `/v1/products/:id`, or {@link ROUTE_UNMATCHED}. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  /** The request's target with its query string: not for labels, and not for logs as it is. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly context: RequestContext;
}

/**
 * Hears of every answer once: also of the ones that no handler made (404, 413, a malformed request line).
 * Runs on the request path of everything: it must not wait and must not throw.
 */
export abstract class ResponseObserver {
  abstract responded(outcome: ResponseOutcome): void;
}
