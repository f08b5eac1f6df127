export type Phase = 'starting' | 'serving' | 'draining';

/** Where the process stands between its start and its end. It only goes forward. */
export class Lifecycle {
  private current: Phase = 'starting';
  private changed = new Date();
  private readonly onDrain: (() => void)[] = [];

  get phase(): Phase {
    return this.current;
  }

  /** When the phase began. */
  get since(): Date {
    return this.changed;
  }

  serving(): void {
    if (this.current === 'starting') this.enter('serving');
  }

  /** From now on the service is not ready, while it still answers. */
  draining(): void {
    if (this.current === 'draining') return;
    this.enter('draining');
    for (const listener of this.onDrain) listener();
  }

  whenDraining(listener: () => void): void {
    this.onDrain.push(listener);
  }

  private enter(phase: Phase): void {
    this.current = phase;
    this.changed = new Date();
  }
}
