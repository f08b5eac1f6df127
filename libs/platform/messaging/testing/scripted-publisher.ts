import type { CloudEvent } from '../event/cloud-event.js';
import { EventPublisher } from '../publishing/event-publisher.js';

type Script = (event: CloudEvent, messageId: string) => Promise<void> | void;

/** A broker that does with each event what the test says, and remembers what it has taken. */
export class ScriptedPublisher extends EventPublisher {
  override readonly system = 'scripted';
  readonly taken: string[] = [];
  tries = 0;
  private readonly waiting: { readonly count: number; readonly reached: () => void }[] = [];

  constructor(
    override readonly concurrency = 4,
    private script: Script = () => undefined,
  ) {
    super();
  }

  /** From now on. */
  does(script: Script): void {
    this.script = script;
  }

  override async publish(event: CloudEvent, messageId: string): Promise<void> {
    this.tries += 1;
    await this.script(event, messageId);
    this.taken.push(event.id);
    for (const { count, reached } of this.waiting) if (this.taken.length >= count) reached();
  }

  /** When it has taken so many. */
  async has(count: number): Promise<void> {
    if (this.taken.length >= count) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.waiting.push({ count, reached: resolve });
    await promise;
  }
}
