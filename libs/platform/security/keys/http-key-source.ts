import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#kernel/clock';
import { JsonClient } from '#platform/http-client';
import { Dependencies, type Dependency, type DependencyPolicy } from '#platform/resilience';
import { JwtSettings } from '../jwt.settings.js';
import { KeySource } from './key-source.js';

/** A set of ten keys has some ten kilobytes. */
export const KEY_SET_BYTES_MAX = 256 * 1024;

/** One fetch serves all who wait. Each call pays for its own retry: calls are minutes apart. */
const policyOf = ({ timeoutMs }: JwtSettings): DependencyPolicy => ({
  name: 'jwks',
  attemptTimeoutMs: Math.ceil(timeoutMs / 2),
  totalTimeoutMs: timeoutMs,
  retry: { attemptsMax: 2, baseDelayMs: 50, maxDelayMs: 200, budgetRatio: 1 },
  breaker: { failureRatio: 0.5, callsMin: 10, windowMs: 60_000, openMs: 5_000, probes: 1 },
  bulkhead: { concurrentMax: 1, queuedMax: 0 },
});

/** The issuer's own end point, with the bounds of every other dependency. */
@Injectable()
export class HttpKeySource extends KeySource implements OnApplicationShutdown {
  private readonly client: JsonClient;
  private readonly dependency: Dependency;
  private readonly path: string;

  /** @throws Error without JWKS_URL: then this source is not the one that was chosen */
  constructor(settings: JwtSettings, dependencies: Dependencies, clock: Clock) {
    super();
    if (settings.jwksUrl === undefined) throw new Error('JWKS_URL is not set.');
    const { origin, pathname, search } = new URL(settings.jwksUrl);
    this.path = pathname + search;
    this.dependency = dependencies.declare(policyOf(settings));
    const bounds = { connectionsMax: 1, timeoutMs: settings.timeoutMs, bodyBytesMax: KEY_SET_BYTES_MAX };
    this.client = new JsonClient({ peer: 'The token issuer', origin, ...bounds }, clock);
  }

  override read(): Promise<string> {
    const headers = { accept: 'application/jwk-set+json, application/json' };
    return this.dependency.call(({ signal }) => this.client.get(this.path, headers, signal), {
      operation: 'keys.get',
      idempotent: true,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}
