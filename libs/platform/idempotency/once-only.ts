import { Injectable } from '@nestjs/common';
import { AppError, type ErrorKind } from '#kernel/app-error';
import { Clock } from '#kernel/clock';
import { UnitOfWork, type IsolationLevel } from '#kernel/unit-of-work';
import { IdempotencyKeyInUse, IdempotencyKeyReused } from '#platform/errors';
import type { Answer } from './answer.js';
import { IdempotencySettings } from './idempotency.settings.js';
import type { KeyedRequest } from './keyed-request.js';
import { IdempotencyStore, type IdempotencyRecord, type KeptAnswer } from './store/idempotency-store.js';

/** What is done once, and how a refusal of it is told. */
export interface Work {
  /** Carried out in a unit of work, from its beginning at each try. */
  carryOut(): Promise<Answer>;
  refusal(refused: AppError): Answer;
}

export interface GivenAnswer {
  readonly answer: Answer;
  readonly outcome: 'executed' | 'refused' | 'replayed';
}

/**
 * What the work says no to for good, as it stands. Not what is wrong with the request (nothing was done, and it may be
 * corrected under the same key), nor what passes.
 */
const FINAL: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['conflict', 'forbidden', 'not-found']);

/** The second try finds the record for which the first one made way. */
const TRIES_MAX = 2;

/** Carries out the work of each keyed request once, and gives its answer as often as it is asked for. */
@Injectable()
export class OnceOnly {
  /**
   * Ids that this process is busy with: as many as requests at most. A twin that comes here meanwhile is refused before
   * it takes a connection of the pool, which the first may be waiting for.
   */
  private readonly underWay = new Set<string>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: IdempotencyStore,
    private readonly clock: Clock,
    private readonly settings: IdempotencySettings,
  ) {}

  /**
   * @throws IdempotencyKeyInUse while another request with the key is not answered; IdempotencyKeyReused when the key
   * belongs to another request; what the work throws, when that is no final refusal: then nothing is kept
   */
  async answer(request: KeyedRequest, work: Work, isolation: IsolationLevel): Promise<GivenAnswer> {
    if (this.underWay.has(request.id)) throw new IdempotencyKeyInUse();
    this.underWay.add(request.id);
    try {
      return await this.carriedOut(request, work, isolation);
    } catch (error) {
      if (!isFinal(error)) throw error;
      return await this.keepRefusal(request, work.refusal(error));
    } finally {
      this.underWay.delete(request.id);
    }
  }

  private async carriedOut(request: KeyedRequest, work: Work, isolation: IsolationLevel): Promise<GivenAnswer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.unitOfWork.run(() => this.inUnit(request, work), { repeatable: true, isolation });
      } catch (error) {
        if (!(error instanceof TwinWasFaster)) throw error;
        if (tries === TRIES_MAX) throw new IdempotencyKeyInUse({ cause: error });
      }
    }
  }

  private async inUnit(request: KeyedRequest, work: Work): Promise<GivenAnswer> {
    const claim = await this.store.claim(request.id, this.clock.now());
    if (claim === 'in-use') throw new IdempotencyKeyInUse();
    if (claim !== 'free') return replayed(request, claim);
    const answer = await work.carryOut();
    if (!(await this.store.keep(this.recordOf(request, answer)))) throw new TwinWasFaster();
    return { answer, outcome: 'executed' };
  }

  /**
   * In a unit of its own, since the work's has been rolled back, and its claim with it. Somebody else may have got the
   * key meanwhile: whatever was kept first is the answer for all.
   */
  private keepRefusal(request: KeyedRequest, answer: Answer): Promise<GivenAnswer> {
    return this.unitOfWork.run(
      async () => {
        if (await this.store.keep(this.recordOf(request, answer))) return { answer, outcome: 'refused' };
        const claim = await this.store.claim(request.id, this.clock.now());
        if (typeof claim === 'string') throw new IdempotencyKeyInUse(); // it has expired since, to the millisecond
        return replayed(request, claim);
      },
      { repeatable: true },
    );
  }

  private recordOf(request: KeyedRequest, answer: Answer): IdempotencyRecord {
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + this.settings.retentionSeconds * 1_000);
    return { ...request, answer, createdAt, expiresAt };
  }
}

/**
 * A race that the claim can't see. One statement looks for the record and takes the lock, and it looks first: when a twin
 * commits, and so lets go of the lock, between the two, we hold the lock and have not seen its record. So the work may
 * run here though it is done already. But it can't be kept: the record's place is taken, everything is rolled back, and
 * the next try sees what the twin has left. (A lock that is taken first, and a look in a second statement, would cost
 * every request a round trip for the sake of this one, and would help at READ COMMITTED only: at the other levels the
 * first statement of the transaction fixes what all of them see.)
 */
class TwinWasFaster extends Error {
  override readonly name = 'TwinWasFaster';

  constructor() {
    super('Another request with the same idempotency key was carried out in the meantime.');
  }
}

function replayed({ fingerprint }: KeyedRequest, kept: KeptAnswer): GivenAnswer {
  if (kept.fingerprint !== fingerprint) throw new IdempotencyKeyReused();
  return { answer: kept.answer, outcome: 'replayed' };
}

/** A refusal of ours about the key itself is none of the work's: it has a kind that is not final, or passes. */
const isFinal = (error: unknown): error is AppError =>
  error instanceof AppError && FINAL.has(error.kind) && !error.transient;
