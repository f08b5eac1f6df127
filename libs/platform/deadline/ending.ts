type Listener<Reason> = (reason: Reason) => void;

/**
 * That something has to end, and why: what an AbortSignal tells, at a tenth of its price where nothing happens. There is
 * none of those until one is asked for, and no list of listeners while there is but one, which is the rule: a request
 * that asks for one thing after the other.
 */
export class Ending<Reason extends Error> {
  private ended: Reason | undefined;
  private listener: Listener<Reason> | undefined;
  private others: Listener<Reason>[] | undefined;
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

  /** How many would be told of the end now. */
  get awaitedBy(): number {
    return (this.listener ? 1 : 0) + (this.others?.length ?? 0);
  }

  /** @throws the reason, once it is over: no work is begun that nobody will see */
  throwIfEnded(): void {
    if (this.ended) throw this.ended;
  }

  /** Calls once when it is over, in no particular order; at once if it is. Gives the way to take the listener back. */
  onEnd(listener: Listener<Reason>): () => void {
    if (this.ended) {
      listener(this.ended);
      return () => undefined;
    }
    if (this.listener) (this.others ??= []).push(listener);
    else this.listener = listener;
    return () => this.forget(listener);
  }

  /** The first reason stands. */
  end(reason: Reason): void {
    if (this.ended) return;
    this.ended = reason;
    const { listener, others } = this;
    this.listener = undefined;
    this.others = undefined;
    listener?.(reason);
    for (const other of others ?? []) other(reason);
    this.controller?.abort(reason);
  }

  private forget(listener: Listener<Reason>): void {
    if (this.listener === listener) {
      this.listener = undefined;
      return;
    }
    const place = this.others?.indexOf(listener) ?? -1;
    if (place >= 0) this.others?.splice(place, 1);
  }
}
