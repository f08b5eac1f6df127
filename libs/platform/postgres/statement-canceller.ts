import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ControlConnection } from './control-connection.js';
import { DatabaseSettings } from './database.settings.js';
import { PostgresConnection } from './postgres-connection.js';

/** The primary's own connection for cancellations, and for what is asked of it beside the pool. */
@Injectable()
export class StatementCanceller extends ControlConnection implements OnModuleInit, OnApplicationShutdown {
  constructor(
    settings: DatabaseSettings,
    private readonly connection: PostgresConnection,
  ) {
    super(settings.url, 'mainstay-cancel');
  }

  /** Takes its slot of the server with the first connection of the service, and before the pool has taken the others. */
  onModuleInit(): void {
    void this.connection.firstReached.then(() => this.ask('SELECT 1')).catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}
