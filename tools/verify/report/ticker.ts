import type { Verdict } from '../trial/trial.ts';

const NAME_WIDTH = 14;

/** Tells what happens while it happens, each line with the time since the start. */
export class Ticker {
  readonly #write: (text: string) => void;
  readonly #nowMs: () => number;
  readonly #startedAtMs: number;

  constructor(write: (text: string) => void, nowMs: () => number = () => performance.now()) {
    this.#write = write;
    this.#nowMs = nowMs;
    this.#startedAtMs = nowMs();
  }

  get elapsedMs(): number {
    return this.#nowMs() - this.#startedAtMs;
  }

  note(text: string): void {
    const seconds = (this.elapsedMs / 1_000).toFixed(1).padStart(6);
    this.#write(`${seconds} s  ${text}\n`);
  }

  /** A trial has ended, so many of so many. */
  verdict({ promise, resource, outcome, says, measured, tookMs }: Verdict, place: number, count: number): void {
    const name = `${promise}${resource === null ? '' : ` ${resource}`}`.padEnd(NAME_WIDTH);
    const progress = `[${String(place).padStart(String(count).length)}/${count}]`;
    const why = outcome === 'fail' ? `\n          ${measured}` : '';
    const took = `${(tookMs / 1_000).toFixed(1)} s`;
    this.note(`${progress} ${name} ${outcome === 'fail' ? 'FAIL' : outcome}  ${says} (${took})${why}`);
  }
}
