const LINES_KEPT = 20;
const LINE_CHARACTERS_MAX = 4_000;
/** Of the longest name of a service, in characters. */
export const NAME_WIDTH = 20;

/** What the processes say: each line after the name of whose it is, or kept for when somebody asks. */
export class Output {
  readonly #last = new Map<string, string[]>();
  readonly #write: (text: string) => void;

  /** @param write gets whole lines */
  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  line(name: string, text: string): void {
    const bounded = text.slice(0, LINE_CHARACTERS_MAX);
    const kept = this.#last.get(name) ?? [];
    this.#last.set(name, [...kept, bounded].slice(-LINES_KEPT));
    this.#write(`${name.padEnd(NAME_WIDTH)} | ${bounded}\n`);
  }

  /** The last 20 lines of a process, for whoever asks why it ended. */
  lastOf(name: string): string {
    return (this.#last.get(name) ?? []).map((line) => `  ${line}`).join('\n');
  }
}
