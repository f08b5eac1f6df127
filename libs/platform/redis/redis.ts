import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Dependencies, type Dependency, DependencyTimeout, DependencyUnavailable } from '#platform/resilience';
import { inSpan, isRecording } from '#platform/tracing';
import type { RedisClient } from './redis-client.js';
import { redisPolicy, SILENCE_MAX_MS } from './redis.policy.js';
import { redisSpanOf } from './redis-span.js';
import { RequestPatience } from './request-patience.js';
import { RedisSettings } from './redis.settings.js';

/** A connection, and what its errors mean. */
interface Line {
  readonly client: RedisClient;
  readonly failureOf: (error: unknown) => unknown;
}

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
  /** Null without a Redis, and until the start has come so far. */
  private line: Line | null = null;
  private ended = false;
  private readonly dependency: Dependency | null;
  private readonly patience: RequestPatience;
  private reported = '';
  /** When it last said anything, to whomever. */
  private heardAtMs = 0;

  constructor(
    private readonly settings: RedisSettings,
    dependencies: Dependencies,
  ) {
    this.patience = new RequestPatience(settings.commandTimeoutMs);
    this.dependency = this.isConfigured ? dependencies.declare(redisPolicy(settings)) : null;
  }

  /** Whether there is one at all; it may be away. */
  get isConfigured(): boolean {
    return this.settings.url !== undefined;
  }

  get isConnected(): boolean {
    return this.line?.client.isReady ?? false;
  }

  /** The name of a key, as every replica calls it. */
  key(...parts: readonly string[]): string {
    return [this.settings.keyPrefix, ...parts].join(':');
  }

  /**
   * Begins to connect, and does not wait for it. The client is some five hundred files, which are not even read where there
   * is no Redis. @throws Error when they can't be: the service does not start
   */
  async onModuleInit(): Promise<void> {
    if (!this.isConfigured) return;
    const { redisClient, redisFailure } = await import('./redis-library.js');
    if (this.ended) return;
    const client = redisClient(this.settings);
    this.line = { client, failureOf: redisFailure };
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
    this.ended = true;
    if (this.line?.client.isOpen) this.line.client.destroy();
  }

  private async ask<T>(
    operation: string,
    work: (client: RedisClient) => Promise<T>,
    { persistent = false }: RedisCallOptions,
  ): Promise<T> {
    const { line, dependency } = this;
    if (line === null || dependency === null) throw new DependencyUnavailable('redis');
    const { client, failureOf } = line;
    const budget = this.patience.current(persistent);
    const remainingMs = budget?.leftMs;
    if (remainingMs === 0) throw new DependencyUnavailable('redis');
    const ask = (): Promise<T> =>
      dependency.call(() => work(client).catch((error: unknown) => Promise.reject(failureOf(error) as Error)), {
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
