import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type RoleUrls, withConnection } from '#platform/testing';
import { startEmbeddedPostgres } from '../../../../tools/embedded-postgres/index.ts';
import { isAlive } from '../../../../tools/process/process-identity.ts';
import { pollUntil } from '../../../../tools/process/wait.ts';
import { pgCtl } from './pg-ctl.js';
import { ProcessControl } from './process-control.js';
import { type Cluster, startStandby } from './standby.js';

const KILL_TIMEOUT_MS = 5_000;

/** A Postgres of a suite's own, which it may stop: the one of the test run is others' too. */
export class PostgresServer implements RoleUrls {
  private readonly control: ProcessControl;

  private constructor(private readonly embedded: Cluster) {
    this.control = new ProcessControl(() => this.pids());
  }

  static async start(): Promise<PostgresServer> {
    return new PostgresServer(await startEmbeddedPostgres({ ephemeral: true }));
  }

  /**
   * A streaming replica of this server, on the same machine. This one is ended and started again for it: its data is
   * copied while nobody writes there. Stop the replica first.
   */
  async replica(): Promise<PostgresServer> {
    await this.down();
    try {
      return new PostgresServer(await startStandby(this.embedded, () => this.restart()));
    } catch (error) {
      await this.restart();
      throw error;
    }
  }

  /** Of a database of its own, as the superuser; the same after each restart. */
  get url(): string {
    return this.embedded.url;
  }

  get serviceUrl(): string {
    return this.embedded.serviceUrl;
  }

  get migratorUrl(): string {
    return this.embedded.migratorUrl;
  }

  /** SIGSTOP to the server and to each of its backends: connections stay, and nothing answers. */
  pause(): Promise<void> {
    return this.control.pause();
  }

  resume(): void {
    this.control.resume();
  }

  /** SIGKILL to the server and to each of its backends. `restart` brings it back. */
  async kill(): Promise<void> {
    const killed = await this.control.kill();
    const gone = async (): Promise<true | null> => ((await anyAlive(killed)) ? null : true);
    if (!(await pollUntil(gone, { timeoutMs: KILL_TIMEOUT_MS }))) throw new Error(`${killed.join(', ')} live on.`);
    // Where nobody buries the dead, pg_ctl would take the number in it for a server that lives.
    await rm(join(this.embedded.dataDir, 'postmaster.pid'), { force: true });
  }

  /**
   * Ends the server and starts it again on the same port; also one that was killed.
   * @param mode `fast` tells the clients, `immediate` hangs up on them
   */
  async restart(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    await pgCtl(this.embedded.dataDir, ['restart', '-m', mode]);
  }

  /** Ends the server and leaves it so until `restart`. */
  async down(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    await pgCtl(this.embedded.dataDir, ['stop', '-m', mode]);
  }

  /** Ends it and deletes its data, whatever state it is in. */
  async stop(): Promise<void> {
    this.control.resume();
    await this.embedded.stop();
  }

  /**
   * The postmaster is stopped before its children are counted, so that it makes no more meanwhile; a session that is
   * open already still answers who they are.
   */
  private async pids(): Promise<number[]> {
    const postmaster = await this.postmasterPid();
    return withConnection(this.url, async (client) => {
      process.kill(postmaster, 'SIGSTOP');
      const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
      return [postmaster, ...rows.map(({ pid }) => pid)];
    });
  }

  private async postmasterPid(): Promise<number> {
    return parseInt(await readFile(join(this.embedded.dataDir, 'postmaster.pid'), 'utf8'), 10);
  }
}

const anyAlive = async (pids: readonly number[]): Promise<boolean> =>
  (await Promise.all(pids.map((pid) => isAlive(pid)))).some(Boolean);
