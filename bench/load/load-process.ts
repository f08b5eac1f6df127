import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Refusal } from '../../tools/process/refusal.ts';
import type { Load, LoadCommand, LoadResult, PlannedRequest } from './plan.ts';

/** An answer that does not come within the service's own bounds (some 5 s) never comes. */
const OVERTIME_MS = 30_000;

/** The load, in a process of its own on the cores of this one. */
export class LoadProcess {
  readonly #child: ChildProcess;

  constructor() {
    // Its own group: a terminal's Ctrl-C is ours to pass on.
    this.#child = fork(join(import.meta.dirname, 'main.ts'), { detached: true });
  }

  async plan(name: string, url: string, requests: readonly PlannedRequest[]): Promise<void> {
    await this.#tell({ do: 'plan', name, port: Number(new URL(url).port), requests });
  }

  /** @throws Refusal for the first answer that is not as it should be */
  async run(name: string, load: Load): Promise<LoadResult> {
    const result = (await this.#tell({ do: 'run', name, load }, load.durationMs + OVERTIME_MS)) as LoadResult;
    if (result.fault !== null) throw new Refusal(`${name} does not answer as it should. ${result.fault}`);
    return result;
  }

  async forget(name: string): Promise<void> {
    await this.#tell({ do: 'forget', name });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async #tell(command: LoadCommand, withinMs = OVERTIME_MS): Promise<LoadResult | null> {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(withinMs)]);
    const answered = once(this.#child, 'message', { signal }) as Promise<[{ result: LoadResult | null }]>;
    const ended = once(this.#child, 'exit', { signal }).then(() => {
      throw new Error('The process that makes the load has ended.');
    });
    try {
      this.#child.send(command);
      const [{ result }] = await Promise.race([answered, ended]);
      return result;
    } finally {
      over.abort();
    }
  }
}
