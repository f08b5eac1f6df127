import { Injectable } from '@nestjs/common';
import type { QueryConfig } from 'pg';
import type { Answer } from '../prepared-query.js';
import { OwnWrites } from './own-writes.js';
import { ReadReplica } from './read-replica.js';
import { isFaultOfReplica, makesDoubtful } from './replica-fault.js';
import { ReplicaWatch } from './replica-watch.js';

/**
 * Why a read that could be answered by the replica went where it went. `fresh`: to the replica. To the primary: `out`
 * and `lagging`, see ReplicaState; `own-write`, its caller has written what the replica has not replayed; `failed`, the
 * replica was asked, in vain.
 */
export const ROUTE_REASONS = ['fresh', 'out', 'lagging', 'own-write', 'failed'] as const;

export type RouteReason = (typeof ROUTE_REASONS)[number];

export type RouteObserver = (reason: RouteReason) => void;

/** Reads that declare `bounded-staleness`: from the replica when it may answer this caller now, else from the primary. */
@Injectable()
export class TolerantReads {
  private readonly observers: RouteObserver[] = [];

  constructor(
    private readonly replica: ReadReplica,
    private readonly watch: ReplicaWatch,
    private readonly ownWrites: OwnWrites,
  ) {}

  /** Every finished decision is told to the observer, from now on. It must be cheap, and never throw. */
  observe(observer: RouteObserver): void {
    this.observers.push(observer);
  }

  /**
   * @param fromPrimary asks the primary; called at most once, when the replica may not answer or could not
   * @throws what `Postgres.query` throws
   */
  async answer(query: QueryConfig & { readonly name: string }, fromPrimary: () => Promise<Answer>): Promise<Answer> {
    const reason = await this.decide();
    if (reason !== 'fresh') return this.tell(reason, fromPrimary);
    try {
      const result = await this.replica.query(query);
      this.report('fresh');
      return result;
    } catch (fact) {
      if (makesDoubtful(fact)) this.watch.doubt();
      if (!isFaultOfReplica(fact)) {
        this.report('fresh');
        throw fact;
      }
    }
    return this.tell('failed', fromPrimary);
  }

  private async decide(): Promise<Exclude<RouteReason, 'failed'>> {
    const state = this.watch.state();
    if (state !== 'fresh') return state;
    const ownWrite = await this.ownWrites.latest();
    return ownWrite === null || ownWrite <= this.watch.replayed ? 'fresh' : 'own-write';
  }

  private tell(reason: RouteReason, fromPrimary: () => Promise<Answer>): Promise<Answer> {
    this.report(reason);
    return fromPrimary();
  }

  private report(reason: RouteReason): void {
    for (const observer of this.observers) observer(reason);
  }
}
