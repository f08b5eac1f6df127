/** Processes that a test stops, lets go on, and kills, by their numbers. */
export class ProcessControl {
  private stopped: readonly number[] = [];

  /** @param pids the processes at the time of the asking, the one that makes the others first */
  constructor(private readonly pids: () => readonly number[] | Promise<readonly number[]>) {}

  static of(process: { readonly pid?: number | undefined }): ProcessControl {
    return new ProcessControl(() => (process.pid === undefined ? [] : [process.pid]));
  }

  /** SIGSTOP: they keep their ports and connections, and answer nothing. */
  async pause(): Promise<void> {
    this.stopped = await this.pids();
    this.tell(this.stopped, 'SIGSTOP');
  }

  /** They go on where they were. */
  resume(): void {
    this.tell(this.stopped, 'SIGCONT');
    this.stopped = [];
  }

  /** SIGKILL: no goodbye, no clean-up. Returns which. */
  async kill(): Promise<readonly number[]> {
    const pids = await this.pids();
    this.tell(pids, 'SIGKILL');
    return pids;
  }

  private tell(pids: readonly number[], signal: NodeJS.Signals): void {
    for (const pid of pids) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // one that is gone needs no telling
      }
    }
  }
}
