import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { FlattenedJWSInput, JWSHeaderParameters, LocalJWKSet } from 'jose';
import * as errors from 'jose/errors';
import { Clock } from '#kernel/clock';
import { currentRequest } from '#platform/context';
import { untilEnd } from '#platform/deadline';
import { DependencyUnavailable } from '#platform/resilience';
import { JwtSettings } from '../jwt.settings.js';
import { FetchedKeys } from './fetched-keys.js';
import { KeySource } from './key-source.js';

/**
 * Requests that wait for a fetch at one time; one more is refused at once. Anyone can make up a key id, and while the issuer
 * is slow each such request would take a place among those that are in flight.
 */
export const WAITING_MAX = 50;
/** Fetches for the sake of unknown keys that a quiet time saves up: one made-up id must not delay a rotation. */
export const KEY_FETCHES_MAX = 3;
/** How soon a fetch that failed may be tried again while there are no keys at all. */
const RETRY_PAUSE_MS = 1_000;

/**
 * When the issuer's keys are fetched: once for all who wait, in the background when they have grown old, and for the
 * sake of a key that isn't among them, but that not often, since anyone can make up a key id.
 */
@Injectable()
export class IssuerKeys implements OnApplicationBootstrap {
  private readonly logger = new Logger(IssuerKeys.name);
  private readonly fetched: FetchedKeys;
  private waiting = 0;
  private keyFetches = KEY_FETCHES_MAX;
  private keyFetchesAtMs = -Infinity;

  constructor(
    source: KeySource,
    private readonly settings: JwtSettings,
    private readonly clock: Clock,
  ) {
    this.fetched = new FetchedKeys(source, clock);
  }

  /** Grows whenever the keys are others than before: what was verified with the old ones is to be verified again. */
  get version(): number {
    return this.fetched.version;
  }

  get isFetching(): boolean {
    return this.fetched.isFetching;
  }

  /** The last good keys are too old to be believed, or there never were any. */
  get tooOld(): boolean {
    return this.fetched.ageMs >= this.settings.staleSeconds * 1_000;
  }

  /** Not waited for: an issuer that is away keeps no service from starting. */
  onApplicationBootstrap(): void {
    if (this.settings.jwksUrl === undefined) {
      this.logger.warn('No token issuer is configured (JWT_ISSUER): every route that needs a token refuses.');
      return;
    }
    this.fetchUnheard();
  }

  /** Renews keys that have grown old, in the background: also where nothing has to be verified for long. */
  keepFresh(): void {
    const { set, ageMs, isFetching, sinceFetchMs } = this.fetched;
    const old = set !== null && ageMs >= this.settings.maxAgeSeconds * 1_000;
    if (old && !isFetching && sinceFetchMs >= this.cooldownMs) this.fetchUnheard();
  }

  /**
   * The key that a token names, for `jwtVerify`.
   * @throws JWKSNoMatchingKey when the issuer has no such key
   * @throws AppError of kind `unavailable` when the issuer can't be asked, and what we have doesn't decide it
   */
  async find(header: JWSHeaderParameters, token: FlattenedJWSInput) {
    const keyIn = await this.current();
    try {
      return await keyIn(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (!this.mayAskForKey()) throw this.fetched.failure ?? error;
    }
    await this.fetch();
    return (await this.current())(header, token);
  }

  /** A token bucket that gains one fetch in each cooldown. Whoever asks while a fetch is under way waits for that one. */
  private mayAskForKey(): boolean {
    if (this.fetched.isFetching) return true;
    const nowMs = this.clock.now().getTime();
    const gained = Math.floor((nowMs - this.keyFetchesAtMs) / this.cooldownMs);
    if (gained > 0) {
      this.keyFetches = Math.min(KEY_FETCHES_MAX, this.keyFetches + gained);
      this.keyFetchesAtMs = nowMs;
    }
    if (this.keyFetches === 0) return false;
    this.keyFetches -= 1;
    return true;
  }

  /** What there is, if it is not too old; else what a fetch brings. */
  private async current(): Promise<LocalJWKSet> {
    this.keepFresh();
    if (this.fetched.set && !this.tooOld) return this.fetched.set;
    const { failure, isFetching, sinceFetchMs } = this.fetched;
    if (failure && !isFetching && sinceFetchMs < RETRY_PAUSE_MS) throw failure;
    await this.fetch();
    if (!this.fetched.set) throw new DependencyUnavailable('jwks');
    return this.fetched.set;
  }

  private get cooldownMs(): number {
    return this.settings.cooldownSeconds * 1_000;
  }

  private fetchUnheard(): void {
    this.fetched.fetch().catch(() => undefined); // it is told in the log, and whoever needs the keys will hear of it
  }

  /** Who waits for a fetch waits no longer than its own request may take. */
  private async fetch(): Promise<void> {
    if (this.waiting >= WAITING_MAX) throw new DependencyUnavailable('jwks');
    this.waiting += 1;
    try {
      const deadline = currentRequest()?.deadline;
      const fetch = this.fetched.fetch();
      await (deadline ? untilEnd(deadline, fetch, () => undefined) : fetch);
    } finally {
      this.waiting -= 1;
    }
  }
}
