import { appError, type AppError } from '#kernel/app-error';

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
type Listener = (reason: EndReason) => void;

/**
 * How long a request may take, for everything that works for it. It has no timer of its own: whoever made it ends it
 * when its time is over, or when its client has gone. Cheap where nothing happens: no AbortSignal until one is asked for.
 */
export class Deadline {
  private expiresMs: number;
  private ended: EndReason | undefined;
  private listeners: Set<Listener> | undefined;
  private controller: AbortController | undefined;

  /**
   * @param budgetMs from now
   * @param nowMs of `performance.now()`
   */
  constructor(
    readonly budgetMs: number,
    nowMs = performance.now(),
  ) {
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

  /** Why it is over, or undefined while it isn't. */
  get reason(): EndReason | undefined {
    return this.ended;
  }

  /** Aborted with the reason, for what understands signals: an HTTP client. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.ended) this.controller.abort(this.ended);
    return this.controller.signal;
  }

  /** Milliseconds, never below 0. */
  remainingMs(nowMs = performance.now()): number {
    return this.ended ? 0 : Math.max(0, this.expiresMs - nowMs);
  }

  /** @throws DeadlineExceeded, ClientDisconnected: no work is begun that nobody will see */
  throwIfEnded(): void {
    if (this.ended) throw this.ended;
  }

  /** Calls once when it is over; at once if it is. Gives the way to take the listener back. */
  onEnd(listener: Listener): () => void {
    if (this.ended) {
      listener(this.ended);
      return () => undefined;
    }
    const listeners = (this.listeners ??= new Set());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** The first reason stands. */
  end(reason: EndReason): void {
    if (this.ended) return;
    this.ended = reason;
    const listeners = this.listeners;
    this.listeners = undefined;
    for (const listener of listeners ?? []) listener(reason);
    this.controller?.abort(reason);
  }
}
