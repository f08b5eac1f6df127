/** Since when a state has been seen: by whoever looked, so that it may be older, and may have changed in between. */
export class SeenStates {
  private readonly seen = new Map<string, { readonly state: string; readonly sinceMs: number }>();

  /** @returns when this state of `name` was seen first without another one since */
  sinceMs(name: string, state: string, nowMs: number): number {
    const known = this.seen.get(name);
    if (known?.state === state) return known.sinceMs;
    this.seen.set(name, { state, sinceMs: nowMs });
    return nowMs;
  }
}
