import type { StoreProcess } from '../../support/store-process.js';
import type { RawAnswer } from '../../support/raw-connection.js';
import type { Canaries } from './canaries.js';

/** All that left a process, by the way that it took. */
export class Outputs {
  private readonly texts: { readonly way: string; readonly text: string }[] = [];

  add(way: string, text: string): void {
    this.texts.push({ way, text });
  }

  addAnswer(way: string, { status, headers, body }: RawAnswer): void {
    this.add(way, JSON.stringify({ status, headers }) + body);
  }

  /** What the process wrote, from its start until now. */
  addStreams(store: StoreProcess): void {
    this.add('stdout', store.stdout.join('\n'));
    this.add('stderr', store.stderr.join('\n'));
  }

  /** `place → way` for each canary that got out, and each way that it took. */
  leaksOf(canaries: Canaries): string[] {
    const found = this.texts.flatMap(({ way, text }) => canaries.foundIn(text).map((place) => `${place} → ${way}`));
    return [...new Set(found)];
  }

  /** The ways on which a text got out. */
  waysOf(text: string): string[] {
    return [...new Set(this.texts.filter((output) => output.text.includes(text)).map(({ way }) => way))];
  }
}
