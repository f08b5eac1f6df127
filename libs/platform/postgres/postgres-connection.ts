import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { spreadLifetimes } from './data-source-options.js';
import { DatabaseUnavailable } from './database.errors.js';
import { DatabaseSettings } from './database.settings.js';
import { reconnectDelayMs } from './reconnect-delay.js';
import { codeOf, messageOf } from './sql-state.js';

/**
 * Opens the data source in the background, for as long as it takes, so that the service boots, and tells that it
 * isn't ready, without Postgres. Once open, the pool reconnects by itself.
 */
@Injectable()
export class PostgresConnection implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(PostgresConnection.name);
  private readonly stopping = new AbortController();
  private readonly opened = Promise.withResolvers<void>();
  private opening: Promise<void> = Promise.resolve();
  private openPool: Pool | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: DatabaseSettings,
  ) {}

  /** Whether Postgres has been reached since the start; it stays true when Postgres goes away later. */
  get reached(): boolean {
    return this.openPool !== null;
  }

  /** Resolves when Postgres has been reached, if it ever is. */
  get firstReached(): Promise<void> {
    return this.opened.promise;
  }

  /** @throws DatabaseUnavailable before Postgres has been reached, and after the shutdown */
  get pool(): Pool {
    if (this.openPool === null) throw new DatabaseUnavailable();
    return this.openPool;
  }

  onModuleInit(): void {
    if (this.settings.url === undefined) return;
    this.opening = this.open();
  }

  /** @throws DatabaseUnavailable when Postgres isn't reached within the bound */
  async whenReached(withinMs: number): Promise<void> {
    const waiting = new AbortController();
    const expiry = delay(withinMs, undefined, { signal: waiting.signal }).then(() => {
      throw new DatabaseUnavailable();
    });
    await Promise.race([this.opened.promise, expiry]).finally(() => waiting.abort());
  }

  /** Last of all hooks: requests in flight have been answered by then. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.opening;
    this.openPool = null;
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async open(): Promise<void> {
    let reported = '';
    for (let attempt = 1; !this.stopping.signal.aborted; attempt += 1) {
      const failure = await this.attempt();
      if (failure === null) {
        if (reported !== '') this.logger.log('Postgres is reached.');
        return;
      }
      // Once for each kind of failure, not for each attempt: an absent Postgres must not fill the log.
      if (failure !== reported) this.logger.warn(`Postgres isn't reachable, trying on: ${failure}`);
      reported = failure;
      await delay(reconnectDelayMs(attempt), undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  /** @returns null, or why it failed */
  private async attempt(): Promise<string | null> {
    const driver = this.dataSource.driver as PostgresDriver;
    try {
      await this.dataSource.initialize();
    } catch (error) {
      // TypeORM forgets its pool when a query after the first connection fails.
      if (driver.master !== undefined && !this.dataSource.isInitialized)
        await driver.disconnect().catch(() => undefined);
      return describe(error);
    }
    const pool = driver.master as Pool;
    spreadLifetimes(pool, this.settings.connectionLifetimeSeconds);
    this.openPool = pool;
    this.opened.resolve();
    return null;
  }
}

/** Several addresses that refuse make one error without a message, but with a code. */
const describe = (error: unknown): string => messageOf(error) || (codeOf(error) ?? 'for an unknown reason');
