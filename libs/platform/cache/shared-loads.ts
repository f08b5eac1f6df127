import { currentRequest } from '#platform/context';
import { untilEnd } from '#platform/deadline';
import { Load } from './load.js';

/**
 * Loads that several requests wait for together. A load belongs to none of them: it goes on while one of them is left,
 * and is ended when none is.
 */
export class SharedLoads<T> {
  private readonly loads = new Map<string, Load<T>>();

  /** Loads that are under way. */
  get size(): number {
    return this.loads.size;
  }

  /** The result of the load of this name; it begins now, or was under way. */
  join(name: string, work: () => Promise<T>): Promise<T> {
    return this.wait(name, this.loads.get(name) ?? this.begin(name, work));
  }

  /**
   * The result of a load that begins now or later, never of one that has begun: it holds all that was committed before
   * this call. One runs at a time; those who come meanwhile share the next one.
   */
  joinNext(name: string, work: () => Promise<T>): Promise<T> {
    const running = this.loads.get(name);
    if (!running) return this.join(name, work);
    const next = this.loads.get(`${name} next`) ?? this.follow(running, name, work);
    return this.wait(name, next);
  }

  private begin(name: string, work: () => Promise<T>): Load<T> {
    const load: Load<T> = new Load(work, () => this.forget(name, load));
    this.loads.set(name, load);
    return load;
  }

  /** Begins when the one that runs has ended; from then on it is that one, and whoever comes waits for another. */
  private follow(running: Load<T>, name: string, work: () => Promise<T>): Load<T> {
    const nextName = `${name} next`;
    const begun = (): Promise<T> => {
      this.loads.delete(nextName);
      this.loads.set(name, next);
      return work();
    };
    const next: Load<T> = new Load(begun, () => this.forget(name, next), running.settled);
    this.loads.set(nextName, next);
    return next;
  }

  private async wait(name: string, load: Load<T>): Promise<T> {
    const deadline = currentRequest()?.deadline;
    load.enter();
    try {
      return deadline ? await untilEnd(deadline, load.result, () => undefined) : await load.result;
    } finally {
      if (load.leave()) this.forget(name, load);
    }
  }

  /** By whatever name it has come to run. */
  private forget(name: string, load: Load<T>): void {
    for (const known of [name, `${name} next`]) {
      if (this.loads.get(known) === load) this.loads.delete(known);
    }
  }
}
