import { setTimeout as delay } from 'node:timers/promises';
import type { Note } from './note.cache.js';

/** A load that a test lets go on when it likes, and that counts. */
export class SlowLoad {
  begun = 0;
  private readonly opened = Promise.withResolvers<void>();
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly result: () => Note | null | Promise<Note | null>) {}

  readonly load = async (): Promise<Note | null> => {
    this.begun += 1;
    for (const tell of this.waiting.splice(0)) tell();
    const result = this.result(); // as of now: what a statement sees is what was committed when it began
    await this.opened.promise;
    return result;
  };

  open(): void {
    this.opened.resolve();
  }

  /** Resolves when somebody has begun to load. */
  async hasBegun(): Promise<void> {
    if (this.begun === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

/** Asks until the answer is as wanted. */
export async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await delay(5);
  }
}
