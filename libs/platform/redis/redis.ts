import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Dependencies, type Dependency, DependencyTimeout, DependencyUnavailable } from '#platform/resilience';
import { inSpan, isRecording } from '#platform/tracing';
import { type RedisClient, redisClient, SILENCE_MAX_MS } from './redis-client.js';
import { redisFailure } from './redis-failure.js';
import { redisPolicy } from './redis.policy.js';
import { redisSpanOf } from './redis-span.js';
import { RequestPatience } from './request-patience.js';
import { RedisSettings } from './redis.settings.js';

export interface RedisCallOptions {
  /** Also for a request that has no patience left: what it has to tell is worth as much again, and once. */
  readonly persistent?: boolean;
}

/**
 * The Redis that the replicas share: one connection, that is opened in the background and again whenever it is lost, and
 * every wait for it bounded. Who asks it has another way when it fails.
 */
@Injectable()
export class Redis implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Redis.name);
  private readonly client: RedisClient | null;
  private readonly dependency: Dependency | null;
  private readonly patience: RequestPatience;
  private reported = '';
  /** When it last said anything, to whomever. */
  private heardAtMs = 0;

  constructor(
    private readonly settings: RedisSettings,
    dependencies: Dependencies,
  ) {
    const configured = settings.url !== undefined;
    this.client = configured ? redisClient(settings) : null;
    this.patience = new RequestPatience(settings.commandTimeoutMs);
    this.dependency = configured ? dependencies.declare(redisPolicy(settings)) : null;
  }

  /** Whether there is one at all; it may be away. */
  get isConfigured(): boolean {
    return this.client !== null;
  }

  get isConnected(): boolean {
    return this.client?.isReady ?? false;
  }

  /** The name of a key, as every replica calls it. */
  key(...parts: readonly string[]): string {
    return [this.settings.keyPrefix, ...parts].join(':');
  }

  onModuleInit(): void {
    const { client } = this;
    if (client === null) return;
    client.on('error', (error: Error) => this.report(error)); // without a listener a lost socket would end the process
    client.on('ready', () => this.reached());
    client.on('ping-interval', () => this.heard());
    void client.connect().catch(() => undefined); // it was told as an error, and is tried again for ever
  }

  /** Nobody need ask it now: it would refuse at once. */
  get isAway(): boolean {
    return !this.isConnected || this.dependency?.state !== 'closed';
  }

  /**
   * Asks Redis, once and for no longer than REDIS_COMMAND_TIMEOUT_MS, which is also what one request waits for it in all.
   * @param operation the label in metrics, of a small fixed set: `cache.read`
   * @throws DependencyUnavailable, DependencyTimeout when it gives no answer
   * @throws DependencyFailure of kind `rejected` when the answer is an error of the command's own
   */
  call<T>(operation: string, work: (client: RedisClient) => Promise<T>, options: RedisCallOptions = {}): Promise<T> {
    return isRecording()
      ? inSpan(
          () => redisSpanOf(operation, this.settings),
          () => this.ask(operation, work, options),
        )
      : this.ask(operation, work, options);
  }

  /** Last of all hooks: nobody is left to ask. */
  onApplicationShutdown(): void {
    if (this.client?.isOpen) this.client.destroy();
  }

  private async ask<T>(
    operation: string,
    work: (client: RedisClient) => Promise<T>,
    { persistent = false }: RedisCallOptions,
  ): Promise<T> {
    const { client, dependency } = this;
    if (client === null || dependency === null) throw new DependencyUnavailable('redis');
    const budget = this.patience.current(persistent);
    const remainingMs = budget?.leftMs;
    if (remainingMs === 0) throw new DependencyUnavailable('redis');
    const ask = (): Promise<T> =>
      dependency.call(() => work(client).catch((error: unknown) => Promise.reject(redisFailure(error) as Error)), {
        operation,
        idempotent: false,
        ...(remainingMs !== undefined && { remainingMs }),
      });
    try {
      return await (budget ? budget.spend(ask) : ask());
    } catch (error) {
      if (error instanceof DependencyTimeout) this.giveUpSilence(client);
      throw error;
    }
  }

  private heard(): void {
    this.heardAtMs = performance.now();
  }

  /**
   * The client's own bound on silence begins anew with each command that it writes, so while there are requests it would
   * keep a dead connection for ever. The pings of a server that is well have been heard.
   */
  private giveUpSilence(client: RedisClient): void {
    if (!client.isReady || performance.now() - this.heardAtMs < SILENCE_MAX_MS) return;
    this.report(new Error(`nothing was heard for ${SILENCE_MAX_MS} ms`));
    client.destroy();
    void client.connect().catch(() => undefined);
  }

  private reached(): void {
    this.heard();
    this.reported = '';
    this.logger.log('Redis is reached.');
  }

  /** Once for each change, not for each attempt: an absent Redis must not fill the log. */
  private report(error: Error): void {
    const what = describe(error);
    if (what === this.reported) return;
    this.reported = what;
    this.logger.warn(`Redis is not well, trying on: ${what}`);
  }
}

/** Several addresses that refuse make one error without a message, but with a code. */
const describe = (error: Error & { code?: unknown }): string =>
  error.message || (typeof error.code === 'string' ? error.code : error.name);
