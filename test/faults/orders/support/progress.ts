/** Steps that some take, and others wait for. */
export class Progress {
  private taken = 0;
  private over = false;
  private changed = Promise.withResolvers<void>();

  step(): void {
    this.taken += 1;
    this.tell();
  }

  /** No further step will come. */
  end(): void {
    this.over = true;
    this.tell();
  }

  /** Resolves after so many more: with false when they won't come any more. */
  async steps(count: number): Promise<boolean> {
    for (const goal = this.taken + count; this.taken < goal && !this.over;) await this.changed.promise;
    return !this.over;
  }

  private tell(): void {
    this.changed.resolve();
    this.changed = Promise.withResolvers();
  }
}
