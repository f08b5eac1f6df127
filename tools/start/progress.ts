/** Wide enough for the steps of `npm start`. */
const NAME_WIDTH = 10;

/** Tells what is done, one line per step with the time it took. */
export class Progress {
  readonly #write: (text: string) => void;
  readonly #nowMs: () => number;
  readonly #nameWidth: number;

  /** @param nameWidth of the column that steps have for their names, in characters */
  constructor(
    write: (text: string) => void,
    nowMs: () => number = () => performance.now(),
    { nameWidth = NAME_WIDTH } = {},
  ) {
    this.#write = write;
    this.#nowMs = nowMs;
    this.#nameWidth = nameWidth;
  }

  /** Runs the step; its line shows what the step says of itself. A step that fails has a line too. */
  async step<T>(name: string, work: () => Promise<T>, describe: (result: T) => string): Promise<T> {
    const startedMs = this.#nowMs();
    try {
      const result = await work();
      this.#line(name, startedMs, describe(result));
      return result;
    } catch (error) {
      this.#line(name, startedMs, 'not done');
      throw error;
    }
  }

  /** A line for what is worth knowing but took no time. */
  note(text: string): void {
    this.#write(`  ${text}\n`);
  }

  #line(name: string, startedMs: number, text: string): void {
    const seconds = ((this.#nowMs() - startedMs) / 1000).toFixed(1);
    this.#write(`  ${name.padEnd(this.#nameWidth)} ${seconds.padStart(5)} s   ${text}\n`);
  }
}
