type Listener<Reason> = (reason: Reason) => void;

/**
 * That something has to end, and why: what an AbortSignal tells, at a tenth of its price where nothing happens. There is
 * none of those until one is asked for.
 */
export class Ending<Reason extends Error> {
  private ended: Reason | undefined;
  private listeners: Set<Listener<Reason>> | undefined;
  private controller: AbortController | undefined;

  /** Why it is over, or undefined while it isn't. */
  get reason(): Reason | undefined {
    return this.ended;
  }

  /** Aborted with the reason, for what understands signals: an HTTP client. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.ended) this.controller.abort(this.ended);
    return this.controller.signal;
  }

  /** @throws the reason, once it is over: no work is begun that nobody will see */
  throwIfEnded(): void {
    if (this.ended) throw this.ended;
  }

  /** Calls once when it is over; at once if it is. Gives the way to take the listener back. */
  onEnd(listener: Listener<Reason>): () => void {
    if (this.ended) {
      listener(this.ended);
      return () => undefined;
    }
    const listeners = (this.listeners ??= new Set());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** The first reason stands. */
  end(reason: Reason): void {
    if (this.ended) return;
    this.ended = reason;
    const listeners = this.listeners;
    this.listeners = undefined;
    for (const listener of listeners ?? []) listener(reason);
    this.controller?.abort(reason);
  }
}
