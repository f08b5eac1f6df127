/** What is to be done at the end, the last made first. */
export class Cleanup {
  readonly #steps: (() => Promise<void>)[] = [];

  /** Gives what was made, whose end is seen to. */
  keep<T>(made: T, end: (made: T) => Promise<void>): T {
    this.#steps.push(() => end(made));
    return made;
  }

  /** All of it, also where a step fails. A second call does nothing. @throws the first failure */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
