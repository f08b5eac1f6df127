import type { EmptyDatabase } from '#platform/testing';
import { runEntry, type Entry } from '../../../system/support/run-entry.js';
import { ServiceProcess } from '../../../system/support/service-process.js';
import type { ServiceName } from '../../../system/support/spawn-service.js';
import { serviceDatabase } from '../../../system/support/store-database.js';

export type Env = Readonly<Record<string, string>>;

/** Processes of one service on one database. */
export class Replicas {
  processes: readonly ServiceProcess[] = [];
  private env: Env = {};

  private constructor(
    readonly service: ServiceName,
    readonly database: EmptyDatabase,
    private readonly count: number,
  ) {}

  /** None of them runs yet. */
  static async of(service: ServiceName, count: number): Promise<Replicas> {
    return new Replicas(service, await serviceDatabase(service), count);
  }

  /** Starts all of them; resolves when they are ready. */
  async start(env: Env): Promise<void> {
    const { service, database } = this;
    this.env = env;
    const launched = Array.from({ length: this.count }, () =>
      ServiceProcess.launch({ service, databaseUrl: database.serviceUrl, env }),
    );
    this.processes = launched;
    for (const process of launched) {
      await process.listening();
      await process.ready();
    }
  }

  get first(): ServiceProcess {
    return this.at(0);
  }

  at(place: number): ServiceProcess {
    const process = this.processes[place];
    if (!process) throw new Error(`There is no ${this.service} ${place}.`);
    return process;
  }

  /** One of the service's commands, with the environment that its processes have. */
  run(entry: Entry, ...args: readonly string[]): Promise<string> {
    return runEntry(entry, this.database, { service: this.service, env: this.env, args });
  }

  /** SIGKILL to all of them: no goodbye, no clean-up. */
  async kill(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
  }

  /** Ends them, and deletes their database. */
  async close(): Promise<void> {
    await this.kill();
    await this.database.drop();
  }
}
