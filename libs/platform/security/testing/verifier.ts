import type { DiscoveryService } from '@nestjs/core';
import { SettableClock } from '#kernel/testing/settable-clock';
import { loadSettings } from '#platform/config';
import { Dependencies } from '#platform/resilience';
import type { TestIssuer } from '#platform/testing';
import { JwtSettings } from '../jwt.settings.js';
import { HttpKeySource } from '../keys/http-key-source.js';
import { IssuerKeys } from '../keys/issuer-keys.js';
import { AccessTokens } from '../tokens/access-tokens.js';

const noObservers = { getProviders: () => [] } as unknown as DiscoveryService;

/** A bound wide enough for a busy machine: a second attempt would be counted by whoever counts fetches. */
const UNHURRIED = { JWKS_TIMEOUT_MS: '10000' };

/** Everything that checks the tokens of one issuer, as the service puts it together, at a time that a test sets. */
export class Verifier {
  /** It begins now, at a whole second: the issuer's own clock is that of the machine. */
  readonly clock = new SettableClock(Math.floor(Date.now() / 1_000) * 1_000);
  readonly keys: IssuerKeys;
  readonly tokens: AccessTokens;
  private readonly source: HttpKeySource;

  constructor(issuer: TestIssuer, env: Readonly<Record<string, string>> = {}) {
    const settings = loadSettings({ NODE_ENV: 'test', ...UNHURRIED, ...issuer.env, ...env }).get(JwtSettings);
    this.source = new HttpKeySource(settings, new Dependencies(noObservers), this.clock);
    this.keys = new IssuerKeys(this.source, settings, this.clock);
    this.tokens = new AccessTokens(this.keys, settings, this.clock);
  }

  /** Of the clock, as tokens tell it: in seconds. */
  get now(): number {
    return this.clock.now().getTime() / 1_000;
  }

  /** Why the token is refused, or null. */
  async refusalOf(token: string): Promise<unknown> {
    return this.tokens.verify(token).then(
      () => null,
      (error: unknown) => error,
    );
  }

  async close(): Promise<void> {
    await this.source.onApplicationShutdown();
  }
}
