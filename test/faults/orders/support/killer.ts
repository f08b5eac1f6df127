import type { Fleet } from './fleet.js';
import type { SeededRandom } from '../../support/seeded-random.js';

/** Kills stores of a fleet at random, and starts another for each, as a supervisor does. */
export class Killer {
  kills = 0;
  private readonly starting = new Set<Promise<unknown>>();

  constructor(
    private readonly fleet: Fleet,
    private readonly random: SeededRandom,
  ) {}

  /** At this very moment, whatever the process is doing. At least one stays, as long as another is starting. */
  async strike(): Promise<void> {
    while (this.fleet.ready.length < 2 && this.starting.size > 0) await Promise.race(this.starting);
    const victim = this.random.pick(this.fleet.ready);
    victim.signal('SIGKILL');
    this.kills += 1;
    await victim.exited;
    const start = this.fleet.join().finally(() => this.starting.delete(start));
    this.starting.add(start);
  }

  /** Resolves when every store that was started in place of another is ready. */
  async recovered(): Promise<void> {
    await Promise.all(this.starting);
  }
}
