import { appError, type AppError } from '#kernel/app-error';
import { Ending } from './ending.js';

export class DeadlineExceeded extends appError({
  code: 'platform.deadline-exceeded',
  kind: 'deadline-exceeded',
  title: 'The answer took too long',
  remedy: 'Try again later. A write may have been carried out: read before you repeat it.',
}) {
  constructor(budgetMs: number) {
    super(`The service did not have the answer within ${Math.round(budgetMs)} ms.`);
  }
}

/** The client has gone: nobody is left to be answered, so this is never one. */
export class ClientDisconnected extends Error {
  override readonly name = 'ClientDisconnected';

  constructor() {
    super('The client went away before its answer.');
  }
}

export type EndReason = AppError | ClientDisconnected;

/**
 * How long a request may take, for everything that works for it. It has no timer of its own: whoever made it ends it
 * when its time is over, or when its client has gone.
 */
export class Deadline extends Ending<EndReason> {
  private expiresMs: number;

  /**
   * @param budgetMs from now
   * @param nowMs of `performance.now()`
   */
  constructor(
    readonly budgetMs: number,
    nowMs = performance.now(),
  ) {
    super();
    this.expiresMs = nowMs + budgetMs;
  }

  /** Of `performance.now()`. */
  get expiresAtMs(): number {
    return this.expiresMs;
  }

  /** The time begins now: until here the request was still on its way, which has bounds of its own. */
  restart(nowMs = performance.now()): void {
    this.expiresMs = nowMs + this.budgetMs;
  }

  /** Milliseconds, never below 0. */
  remainingMs(nowMs = performance.now()): number {
    return this.reason ? 0 : Math.max(0, this.expiresMs - nowMs);
  }
}
