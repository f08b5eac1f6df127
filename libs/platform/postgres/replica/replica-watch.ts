import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { BackgroundWork } from '#platform/lifecycle';
import { DatabaseSettings } from '../database.settings.js';
import { codeOf, messageOf } from '../sql-state.js';
import { StatementCanceller } from '../statement-canceller.js';
import type { Lsn } from './lsn.js';
import { ReadReplica } from './read-replica.js';
import { ReplayProgress } from './replay-progress.js';
import { primaryPosition, replicaPosition, type ServerPosition } from './server-position.js';

/** `out`: it did not answer, or is none of this primary. */
export type ReplicaState = 'fresh' | 'lagging' | 'out';

const INTERVAL_JITTER = 0.1;
/** Between two looks, also when many statements fail: a server that refuses them all is not asked in a loop. */
const PAUSE_MIN_MS = 100;

/**
 * Knows how far the read replica is behind. It asks primary and replica in turn, now and then, and at once when a
 * statement has met silence. Between two looks the lag is taken to grow: so a replica, or a primary, that can't be asked
 * any more is no reason to believe what was seen last for longer than DATABASE_READ_LAG_MAX_MS.
 */
@Injectable()
export class ReplicaWatch extends BackgroundWork {
  private readonly logger = new Logger(ReplicaWatch.name);
  private readonly progress = new ReplayProgress();
  private readonly stopping = new AbortController();
  private watching: Promise<void> = Promise.resolve();
  private awakening = new AbortController();
  private primary: ServerPosition | undefined;
  private outBecause: string | null = 'it was not asked yet';
  /** What the last failure said: for the log, since it may name hosts and users. */
  private detail = '';
  private reported: string | null = null;
  private doubts = 0;

  constructor(
    private readonly replica: ReadReplica,
    private readonly primaryControl: StatementCanceller,
    private readonly settings: DatabaseSettings,
  ) {
    super();
  }

  /** To here the replica had replayed when it was last asked. */
  get replayed(): Lsn {
    return this.progress.replayed;
  }

  state(nowMs = performance.now()): ReplicaState {
    if (this.outBecause !== null) return 'out';
    return this.lagMs(nowMs) <= this.settings.readLagMaxMs ? 'fresh' : 'lagging';
  }

  /** Why it is out, or null. */
  get reason(): string | null {
    return this.outBecause;
  }

  /** What it shows is at most so old. Infinity while nothing is known. */
  lagMs(nowMs = performance.now()): number {
    return this.progress.lagMs(nowMs);
  }

  override start(): void {
    this.watching = this.keepWatching();
  }

  override async stop(): Promise<void> {
    this.stopping.abort();
    this.awakening.abort();
    await this.watching;
  }

  /** A statement has met silence: the replica is out until it has answered a question that is asked from now on. */
  doubt(): void {
    this.doubts += 1;
    this.outBecause ??= 'it lost a statement';
    this.awakening.abort();
  }

  /** Looks once. Never fails. */
  async look(): Promise<void> {
    const doubtsBefore = this.doubts;
    await this.samplePrimary();
    this.detail = '';
    const fault = await this.askReplica();
    if (fault === null && this.doubts !== doubtsBefore) return;
    this.outBecause = fault;
    this.report();
  }

  private async keepWatching(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.awakening = new AbortController();
      await this.look();
      await delay(PAUSE_MIN_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.pause();
    }
  }

  private async pause(): Promise<void> {
    const spread = 1 + INTERVAL_JITTER * (2 * Math.random() - 1);
    const pauseMs = Math.max(0, this.settings.readCheckIntervalMs * spread - PAUSE_MIN_MS);
    await delay(pauseMs, undefined, { signal: this.awakening.signal }).catch(() => undefined);
  }

  /** Without a sample nothing new is known of the primary, and the lag grows. */
  private async samplePrimary(): Promise<void> {
    const askedAtMs = performance.now();
    try {
      this.primary = await primaryPosition(this.primaryControl);
      this.progress.sampled(this.primary.lsn, askedAtMs);
    } catch {
      // It says so itself: `database` in the health report.
    }
  }

  /** @returns null, or why it can't be used */
  private async askReplica(): Promise<string | null> {
    try {
      const position = await replicaPosition(this.replica.control);
      const fault = this.primary ? strangeness(this.primary, position) : 'the primary is not known yet';
      if (fault !== null) return fault;
      this.replica.isWatched(position.startedAt);
      this.progress.hasReplayed(position.lsn);
      return null;
    } catch (error) {
      this.detail = messageOf(error) || (codeOf(error) ?? 'for an unknown reason');
      return 'it does not answer';
    }
  }

  /** Once for each change, not for each look. */
  private report(): void {
    const state = this.state();
    const word = [this.outBecause ?? state, this.detail].filter(Boolean).join(': ');
    if (word === this.reported) return;
    this.reported = word;
    if (state === 'fresh') this.logger.log('The read replica answers reads.');
    else this.logger.warn(`The primary answers what the read replica might: ${word}`);
  }
}

/**
 * Places in the log can be compared only along one log. A server that was promoted writes a log of its own: it is used
 * again when DATABASE_URL leads there as well, and then the two are one.
 */
function strangeness(primary: ServerPosition, replica: ServerPosition): string | null {
  if (replica.systemId !== primary.systemId) return 'it belongs to another cluster than the primary';
  if (!replica.isReplica && replica.startedAt !== primary.startedAt) return 'it is no replica, and not the primary';
  return null;
}
