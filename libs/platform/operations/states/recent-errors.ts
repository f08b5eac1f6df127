import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel/clock';
import { ResponseObserver, STATUS_CLIENT_CLOSED, type ResponseOutcome } from '#platform/http';

/** Kinds that are kept: a flood of one kind does not wash the others away. */
export const KINDS_MAX = 50;

const STATUS_RATE_LIMITED = 429;

/** What went wrong in one way at one route, and the last request to which it happened. */
export interface ErrorKind {
  readonly method: string;
  /** The template: no part of a client's URL. */
  readonly route: string;
  readonly status: number;
  readonly code: string | null;
  readonly count: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly lastDurationMs: number;
  readonly requestId: string;
  readonly traceId: string;
}

/** The errors of late, by kind, and who was refused or left: 5xx, 429 and 499. Others are the client's affair. */
@Injectable()
export class RecentErrors extends ResponseObserver {
  /** In the order of their last occurrence. */
  private readonly kinds = new Map<string, ErrorKind>();

  constructor(private readonly clock: Clock) {
    super();
  }

  override responded({ method, route, status, durationMs, context }: ResponseOutcome): void {
    if (status < 500 && status !== STATUS_RATE_LIMITED && status !== STATUS_CLIENT_CLOSED) return;
    const { requestId, traceId, errorCode } = context;
    const key = `${method} ${route} ${status} ${errorCode}`;
    const known = this.kinds.get(key);
    const lastAtMs = this.clock.now().getTime();
    this.kinds.delete(key); // and back at the end
    this.kinds.set(key, {
      ...{ method, route, status, code: errorCode ?? null, requestId, traceId },
      ...{ count: (known?.count ?? 0) + 1, firstAtMs: known?.firstAtMs ?? lastAtMs, lastAtMs },
      lastDurationMs: durationMs,
    });
    if (this.kinds.size <= KINDS_MAX) return;
    for (const oldest of this.kinds.keys()) {
      this.kinds.delete(oldest);
      return;
    }
  }

  /** The newest first. */
  get latest(): readonly ErrorKind[] {
    return [...this.kinds.values()].reverse();
  }
}
