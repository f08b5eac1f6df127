import { Injectable, Logger } from '@nestjs/common';
import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { DatabaseSettings } from '../database.settings.js';
import { messageOf } from '../sql-state.js';
import { callerKeys } from './caller-keys.js';
import { type Lsn, LSN_MAX, parseLsn } from './lsn.js';
import { RecentWrites } from './recent-writes.js';

/** The end of the log, and not only what is written out: with synchronous_commit off, a commit is answered before that. */
const WHERE = 'SELECT pg_current_wal_insert_lsn()::text AS lsn';
/** It takes a round trip. A server that is silent right after a COMMIT must not hold up the answer for long. */
const WHERE_TIMEOUT_MS = 250;
/** pg's types lack the bound of one query. */
const ASK_WHERE: QueryConfig & { readonly query_timeout: number } = { text: WHERE, query_timeout: WHERE_TIMEOUT_MS };
/** For what passes between a commit and its being remembered. */
const MARGIN_MS = 1_000;

export type Remember = () => Promise<void>;

/** What is asked on the connection of a transaction that has ended. */
export type AskAfterwards = (ask: (client: PoolClient) => Promise<QueryResult>) => Promise<QueryResult>;

/**
 * Which caller wrote what, by places in the log. Only transactions of requests are remembered: a consumer's or a timer's
 * work belongs to no caller who could read.
 */
@Injectable()
export class OwnWrites {
  private readonly logger = new Logger(OwnWrites.name);
  private failing = false;

  constructor(
    private readonly recentWrites: RecentWrites,
    private readonly settings: DatabaseSettings,
  ) {}

  /**
   * The current request has committed. Never fails: what is committed stays so. Where its place in the log can't be
   * asked, no replica is late enough for its caller.
   * @returns what has it remembered, for when the connection is given back; it never fails either
   */
  async committed(afterwards: AskAfterwards): Promise<Remember | undefined> {
    const keys = callerKeys();
    if (keys.length === 0) return undefined;
    const lsn = await this.placeOf(afterwards);
    return () => this.remember(keys, lsn);
  }

  /** Nobody can tell whether the current request has committed. Never fails. */
  async mayHaveCommitted(): Promise<void> {
    await this.remember(callerKeys(), LSN_MAX);
  }

  /** To where a replica must have replayed to answer the current caller; null: anywhere. */
  async latest(): Promise<Lsn | null> {
    const keys = callerKeys();
    return keys.length === 0 ? null : this.recentWrites.latest(keys).catch(() => LSN_MAX);
  }

  private async placeOf(afterwards: AskAfterwards): Promise<Lsn> {
    try {
      const { rows } = await afterwards((client) => client.query({ ...ASK_WHERE }));
      return parseLsn((rows[0] as { lsn?: string } | undefined)?.lsn);
    } catch {
      return LSN_MAX;
    }
  }

  private async remember(keys: readonly string[], lsn: Lsn): Promise<void> {
    if (keys.length === 0) return;
    const ttlMs = this.settings.readLagMaxMs + MARGIN_MS;
    try {
      await this.recentWrites.remember(keys, lsn, ttlMs);
      this.failing = false;
    } catch (error) {
      // Once for each outage, not for each write.
      if (!this.failing) this.logger.warn(`Writers may miss their own writes on the read replica: ${messageOf(error)}`);
      this.failing = true;
    }
  }
}
