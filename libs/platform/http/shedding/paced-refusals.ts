/**
 * How long refusals may take, of what everything else has computed since the last ones. What is seen here is a half of their
 * cost, to read them is the other: so it is about a tenth of the CPU, and nine tenths are left to what was admitted.
 */
const SHARE = 0.05;
/**
 * The same for those that have waited too long. Whoever is refused comes again: with thousands of connections all are late, and
 * a share of a half left a quarter of the peak to those who are served, at three times as many.
 */
const SHARE_OF_LATE = 0.2;
/** How long a client waits for its refusal before that: what is usual for a time-out leaves it a try elsewhere. */
const WAIT_MAX_MS = 1_000;
/** After a long computation they still come in portions: between two of them the others have their turn. */
const PORTION_MS = 5;
const MICROSECONDS_PER_MS = 1000;

/** The process' own event loop, or a test's. */
export interface Turns {
  /** What this thread has computed. By the clock, what others compute on its core would be time that they leave to refusals. */
  computedMs(): number;
  /** By the clock, which is read at a tenth of the price: for the few microseconds of a turn. */
  nowMs(): number;
  next(work: () => void): void;
}

const LOOP: Turns = {
  computedMs: () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / MICROSECONDS_PER_MS;
  },
  nowMs: () => performance.now(),
  next: (work) => void setImmediate(work),
};

/**
 * Answers what is refused in the time that what is admitted leaves. Else a flood would take the whole of it: the event loop
 * reads whatever has come before it goes on with what is waited for, and a refusal costs a fifth of an answer. In a loop
 * that has nothing else to do they come at once; in a full one whoever is refused waits, and asks for nothing meanwhile.
 */
export class PacedRefusals<T> implements Iterable<T> {
  private waiting: { readonly refused: T; readonly sinceMs: number }[] = [];
  private answered = 0;
  private endedAtMs: number;

  constructor(
    private readonly answer: (refused: T) => void,
    private readonly turns: Turns = LOOP,
  ) {
    this.endedAtMs = turns.computedMs();
  }

  add(refused: T): void {
    this.waiting.push({ refused, sinceMs: this.turns.nowMs() });
    if (this.waiting.length === 1) this.turns.next(this.takeTurn);
  }

  /** Those that have no answer yet. */
  *[Symbol.iterator](): Iterator<T> {
    for (let index = this.answered; index < this.waiting.length; index += 1) {
      const each = this.waiting[index];
      if (each) yield each.refused;
    }
  }

  /** One at least: however long the loop is kept busy, each of its turns brings them forward. */
  private readonly takeTurn = (): void => {
    const othersMs = this.turns.computedMs() - this.endedAtMs;
    const beganMs = this.turns.nowMs();
    const isLate = beganMs - (this.waiting[this.answered]?.sinceMs ?? beganMs) > WAIT_MAX_MS;
    const untilMs = beganMs + Math.min(PORTION_MS, othersMs * (isLate ? SHARE_OF_LATE : SHARE));
    try {
      do {
        const next = this.waiting[this.answered];
        this.answered += 1;
        if (next) this.answer(next.refused);
      } while (this.answered < this.waiting.length && this.turns.nowMs() < untilMs);
    } finally {
      // Also after one that could not be told: the others wait still.
      this.endedAtMs = this.turns.computedMs();
      this.forgetAnswered();
      if (this.waiting.length > 0) this.turns.next(this.takeTurn);
    }
  };

  /** Now and then, at the cost of a copy of as many at most: in a flood that lasts they are never all answered. */
  private forgetAnswered(): void {
    if (this.answered * 2 < this.waiting.length) return;
    this.waiting = this.waiting.slice(this.answered);
    this.answered = 0;
  }
}
