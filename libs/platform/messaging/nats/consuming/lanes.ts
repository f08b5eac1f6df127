/** Work of one key runs one after the other, in the order in which it came; of different keys at the same time. */
export class Lanes {
  private readonly last = new Map<string, Promise<void>>();

  /** @param work must not reject: what comes after it would not care */
  run(key: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.last.get(key) ?? Promise.resolve()).then(work);
    const leave = () => {
      if (this.last.get(key) === turn) this.last.delete(key);
    };
    this.last.set(key, turn);
    return turn.then(leave, leave);
  }

  get size(): number {
    return this.last.size;
  }
}
