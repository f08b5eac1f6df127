/**
 * Work that a serving process does for nobody in particular: relays, consumers, sweepers. Discovered: a provider that
 * extends it is started when the service serves, and never in a process that only migrates, seeds or asks.
 */
export abstract class BackgroundWork {
  /** Begins, and returns at once. What fails later is its own to bear: it must not end the process. */
  abstract start(): void;

  /** Begins nothing more; resolves when what is in hand is finished or given back. The stores are still there. */
  abstract stop(): Promise<void>;
}
