export type Phase = 'starting' | 'serving' | 'draining';

/** Where the process stands between its start and its end. It only goes forward. */
export class Lifecycle {
  private current: Phase = 'starting';
  private readonly onDrain: (() => void)[] = [];

  get phase(): Phase {
    return this.current;
  }

  serving(): void {
    if (this.current === 'starting') this.current = 'serving';
  }

  /** From now on the service is not ready, while it still answers. */
  draining(): void {
    if (this.current === 'draining') return;
    this.current = 'draining';
    for (const listener of this.onDrain) listener();
  }

  whenDraining(listener: () => void): void {
    this.onDrain.push(listener);
  }
}
