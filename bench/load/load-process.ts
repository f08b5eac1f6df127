import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Refusal } from '../../tools/process/refusal.ts';
import type { Load, LoadCommand, LoadResult, NumberedCommand, NumberedResult, PlannedRequest } from './plan.ts';

/** An answer that does not come within the service's own bounds (some 5 s) never comes. */
const OVERTIME_MS = 30_000;

/** The load, in a process of its own on the cores of this one. */
export class LoadProcess {
  readonly #child: ChildProcess;
  #commands = 0;

  constructor() {
    // Its own group: a terminal's Ctrl-C is ours to pass on.
    this.#child = fork(join(import.meta.dirname, 'main.ts'), { detached: true });
  }

  async plan(name: string, url: string, requests: readonly PlannedRequest[]): Promise<void> {
    await this.#tell({ do: 'plan', name, port: Number(new URL(url).port), requests });
  }

  /** @throws Refusal for the first answer that is not as it should be, and for one that does not come */
  async run(name: string, load: Load, overtimeMs = OVERTIME_MS): Promise<LoadResult> {
    const result = (await this.#tell({ do: 'run', name, load }, load.durationMs + overtimeMs)) as LoadResult;
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
    const number = (this.#commands += 1);
    const { promise, resolve, reject } = Promise.withResolvers<LoadResult | null>();
    const ended = () => reject(new Error('The process that makes the load has ended.'));
    const heard = (message: NumberedResult) => {
      if (message.number === number) resolve(message.result);
    };
    const late = setTimeout(() => reject(lateRefusal(command, withinMs)), withinMs);
    this.#child.on('message', heard).on('exit', ended);
    try {
      // One that ended before gives no further `exit`.
      this.#child.send({ number, command } satisfies NumberedCommand, (error) => error && ended());
      return await promise;
    } finally {
      clearTimeout(late);
      this.#child.off('message', heard).off('exit', ended);
    }
  }
}

const lateRefusal = (command: LoadCommand, withinMs: number): Refusal =>
  new Refusal(`The load has given no result within ${withinMs} ms: ${command.do} ${command.name}.`);
