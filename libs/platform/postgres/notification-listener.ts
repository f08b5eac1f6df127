import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseSettings } from './database.settings.js';
import { reconnectDelayMs } from './reconnect-delay.js';
import { messageOf } from './sql-state.js';

/** A lower-case name needs no quotes, and can't be more than a name. */
const CHANNEL = /^[a-z][a-z0-9_]{0,62}$/;

/**
 * Listens to NOTIFY, for each channel on a connection of its own, which it opens again for as long as it takes. What is notified while it
 * is away is missed: whoever listens also has to look by himself, now and then. Behind a pooler in transaction mode it
 * hears nothing.
 */
@Injectable()
export class NotificationListener {
  private readonly logger = new Logger(NotificationListener.name);
  private readonly stopping = new AbortController();
  private readonly listening: Promise<void>[] = [];

  constructor(private readonly settings: DatabaseSettings) {}

  /**
   * Does nothing without a database.
   * @param channel a constant, since it becomes part of a statement
   */
  listen(channel: string, heard: () => void): void {
    if (this.settings.url === undefined) return;
    if (!CHANNEL.test(channel)) throw new Error(`No name for a channel: ${channel}`);
    this.listening.push(this.keepListening(channel, heard));
  }

  /** Resolves when nobody listens any more, to whichever channel. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.listening);
  }

  private async keepListening(channel: string, heard: () => void): Promise<void> {
    const { signal } = this.stopping;
    let reported = '';
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const failure = await this.listenOnce(channel, heard, () => {
        attempt = 0;
        reported = '';
        heard(); // what was notified while nobody listened
      });
      if (signal.aborted) return;
      if (failure !== reported) this.logger.warn(`Notifications of Postgres are not heard, trying on: ${failure}`);
      reported = failure;
      await delay(reconnectDelayMs(attempt), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Resolves when the connection has ended, with the reason. */
  private async listenOnce(channel: string, heard: () => void, connected: () => void): Promise<string> {
    const ended = Promise.withResolvers<string>();
    const client = new pg.Client({
      connectionString: this.settings.url,
      application_name: 'mainstay-listen',
      connectionTimeoutMillis: this.settings.connectTimeoutMs,
      query_timeout: this.settings.queryTimeoutMs,
      keepAlive: true,
    });
    client.on('notification', heard);
    client.on('error', (error) => ended.resolve(messageOf(error)));
    client.on('end', () => ended.resolve('the connection has ended'));
    const stop = () => ended.resolve('stopped');
    this.stopping.signal.addEventListener('abort', stop);
    try {
      const listening = client.connect().then(() => client.query(`LISTEN ${channel}`));
      listening.catch(() => undefined); // it may fail after it was left
      // Who stops does not wait for a server that is silent.
      const early = await Promise.race([listening.then(() => undefined), ended.promise]);
      if (early !== undefined) return early;
      connected();
      return await ended.promise;
    } catch (error) {
      return messageOf(error) || 'for an unknown reason';
    } finally {
      this.stopping.signal.removeEventListener('abort', stop);
      void client.end().catch(() => undefined);
    }
  }
}
