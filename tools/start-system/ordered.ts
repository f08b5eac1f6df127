import { PartFailed } from './part-failed.ts';
import type { Running } from './running.ts';

/** Who needs whom: names by name. */
export type Needs = Readonly<Record<string, readonly string[]>>;

/** Starts one service, when all that it needs are up; resolves when it is up. Tells of each process as soon as it is there. */
export type Start = (name: string, tell: (running: Running) => void, signal: AbortSignal) => Promise<void>;

/** What is started in the order of its needs, and stopped the other way round, as much as possible at once. */
export class Ordered {
  readonly #needs: Needs;
  readonly #start: Start;
  readonly #running = new Map<string, Running[]>();
  readonly #failure = new AbortController();
  readonly #starting = new Map<string, Promise<void>>();
  readonly #stopping = new Map<string, Promise<void>>();
  #isStopping = false;

  constructor(needs: Needs, start: Start) {
    this.#needs = needs;
    this.#start = start;
  }

  /** Aborted, with the reason, when something ends by itself or does not come up. */
  get failure(): AbortSignal {
    return this.#failure.signal;
  }

  /**
   * Resolves when all are up.
   * @throws the first failure, when nothing is being started any more. What is up then is for {@link stop}.
   */
  async start(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#failure.signal]);
    await Promise.allSettled(Object.keys(this.#needs).map((name) => this.#up(name, either)));
    either.throwIfAborted();
  }

  /** Each when nobody that needs it is there any more. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(Object.keys(this.#needs).map((name) => this.#down(name)));
  }

  kill(): void {
    this.#isStopping = true;
    for (const running of [...this.#running.values()].flat()) running.kill();
  }

  #up(name: string, signal: AbortSignal): Promise<void> {
    const up = async (): Promise<void> => {
      try {
        await Promise.all((this.#needs[name] ?? []).map((needed) => this.#up(needed, signal)));
        signal.throwIfAborted();
        await this.#start(name, (running) => this.#keep(name, running), signal);
      } catch (error) {
        if (!signal.aborted) this.#failure.abort(error);
        throw error;
      }
    };
    return once(this.#starting, name, up);
  }

  #down(name: string): Promise<void> {
    return once(this.#stopping, name, async () => {
      const dependents = Object.keys(this.#needs).filter((other) => this.#needs[other]?.includes(name));
      await Promise.all(dependents.map((other) => this.#down(other)));
      await Promise.all((this.#running.get(name) ?? []).map((running) => running.stop()));
    });
  }

  #keep(name: string, running: Running): void {
    this.#running.set(name, [...(this.#running.get(name) ?? []), running]);
    void running.ended.then((how) => {
      if (this.#isStopping) return;
      this.#failure.abort(new PartFailed(running.name, `ended by itself, with ${how}`));
    });
  }
}

function once(done: Map<string, Promise<void>>, name: string, work: () => Promise<void>): Promise<void> {
  const found = done.get(name);
  if (found) return found;
  const promise = work();
  done.set(name, promise);
  return promise;
}
