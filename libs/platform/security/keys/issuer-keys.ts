import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { createLocalJWKSet, errors, type FlattenedJWSInput, type JWSHeaderParameters, type LocalJWKSet } from 'jose';
import { AppError } from '#kernel/app-error';
import { Clock } from '#kernel/clock';
import { currentRequest, runOutsideRequest } from '#platform/context';
import { untilEnd } from '#platform/deadline';
import { DependencyUnavailable } from '#platform/resilience';
import { JwtSettings } from '../jwt.settings.js';
import { keySetIn } from './key-set-document.js';
import { KeySource } from './key-source.js';

/** How soon a fetch that failed may be tried again while there are no keys at all. */
const RETRY_PAUSE_MS = 1_000;

interface Loaded {
  readonly resolve: LocalJWKSet;
  readonly loadedAtMs: number;
}

/**
 * The issuer's keys: fetched once for all who wait, renewed in the background, kept while the issuer is away. A key that
 * isn't among them is asked for, but not often, since anyone can make up a key id.
 */
@Injectable()
export class IssuerKeys implements OnApplicationBootstrap {
  private readonly logger = new Logger(IssuerKeys.name);
  private loaded: Loaded | null = null;
  private text = '';
  private refreshing: Promise<void> | null = null;
  private triedAtMs = -Infinity;
  private askedForKeyAtMs = -Infinity;
  private failure: AppError | null = null;
  private changes = 0;

  constructor(
    private readonly source: KeySource,
    private readonly settings: JwtSettings,
    private readonly clock: Clock,
  ) {}

  /** Grows whenever the keys are others than before: what was verified with the old ones is to be verified again. */
  get version(): number {
    return this.changes;
  }

  /** Not waited for: an issuer that is away keeps no service from starting. */
  onApplicationBootstrap(): void {
    if (this.settings.jwksUrl === undefined) {
      this.logger.warn('No token issuer is configured (JWT_ISSUER): every route that needs a token refuses.');
      return;
    }
    this.refresh().catch(() => undefined);
  }

  /** Renews keys that have grown old, in the background: also where nothing has to be verified for long. */
  keepFresh(): void {
    const old = this.loaded !== null && this.ageMs() >= this.settings.maxAgeSeconds * 1_000;
    if (old && !this.refreshing && this.hasPassed(this.triedAtMs)) this.refresh().catch(() => undefined);
  }

  /**
   * The key that a token names, for `jwtVerify`.
   * @throws JWKSNoMatchingKey when the issuer has no such key
   * @throws AppError of kind `unavailable` when the issuer can't be asked, and what we have doesn't decide it
   */
  async find(header: JWSHeaderParameters, token: FlattenedJWSInput) {
    const loaded = await this.current();
    try {
      return await loaded.resolve(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (!this.refreshing && !this.hasPassed(this.askedForKeyAtMs)) throw this.failure ?? error;
    }
    this.askedForKeyAtMs = this.clock.now().getTime();
    await this.waitFor(this.refresh());
    return (await this.current()).resolve(header, token);
  }

  /** What there is, if it is not too old; else what a fetch brings. */
  private async current(): Promise<Loaded> {
    this.keepFresh();
    if (this.loaded && this.ageMs() < this.settings.staleSeconds * 1_000) return this.loaded;
    if (!this.refreshing && this.failure && this.sinceMs(this.triedAtMs) < RETRY_PAUSE_MS) throw this.failure;
    await this.waitFor(this.refresh());
    if (!this.loaded) throw new DependencyUnavailable('jwks');
    return this.loaded;
  }

  private ageMs(): number {
    return this.loaded ? this.sinceMs(this.loaded.loadedAtMs) : Infinity;
  }

  private sinceMs(atMs: number): number {
    return this.clock.now().getTime() - atMs;
  }

  private hasPassed(atMs: number): boolean {
    return this.sinceMs(atMs) >= this.settings.cooldownSeconds * 1_000;
  }

  /** One at a time, for nobody in particular: it doesn't end with the request that began it. */
  private refresh(): Promise<void> {
    return (this.refreshing ??= runOutsideRequest(() => this.load()).finally(() => (this.refreshing = null)));
  }

  private async load(): Promise<void> {
    this.triedAtMs = this.clock.now().getTime();
    try {
      const text = await this.source.read();
      const resolve = text === this.text && this.loaded ? this.loaded.resolve : createLocalJWKSet(keySetIn(text));
      this.loaded = { resolve, loadedAtMs: this.clock.now().getTime() };
      if (text !== this.text) this.changes += 1;
      this.text = text;
      if (this.failure) this.logger.log("The token issuer's keys are here again.");
      this.failure = null;
    } catch (error) {
      // Once for an outage, and not for each attempt.
      if (!this.failure) this.logger.warn({ err: error }, "The token issuer's keys can't be fetched.");
      this.failure = error instanceof AppError ? error : new DependencyUnavailable('jwks', { cause: error });
      throw this.failure;
    }
  }

  private waitFor(refresh: Promise<void>): Promise<void> {
    const deadline = currentRequest()?.deadline;
    return deadline ? untilEnd(deadline, refresh, () => undefined) : refresh;
  }
}
