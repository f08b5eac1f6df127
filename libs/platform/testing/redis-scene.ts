import type { DynamicModule } from '@nestjs/common';
import { loadSettings } from '#platform/config';
import { Redis, RedisSettings } from '#platform/redis';
import { type Dependencies, Dependency, type DependencyObserver } from '#platform/resilience';

const UNOBSERVED: DependencyObserver = { called: () => undefined, changed: () => undefined };

export const redisSettings = (url: string | undefined, env: Readonly<Record<string, string>> = {}): RedisSettings =>
  loadSettings({ NODE_ENV: 'test', ...(url !== undefined && { REDIS_URL: url }), ...env }, [RedisSettings]).get(
    RedisSettings,
  );

/** A client of the platform's as the app makes one, which connects; end it with `onApplicationShutdown`. */
export function aRedis(url: string | undefined, env: Readonly<Record<string, string>> = {}): Redis {
  const dependencies = {
    declare: (policy: ConstructorParameters<typeof Dependency>[0]) => new Dependency(policy, { observer: UNOBSERVED }),
  };
  const redis = new Redis(redisSettings(url, env), dependencies as unknown as Dependencies);
  void redis.onModuleInit();
  return redis;
}

/** Resolves when Redis answers it. */
export async function answering(redis: Redis, withinMs = 10_000): Promise<void> {
  const endsAtMs = performance.now() + withinMs;
  for (;;) {
    const answer = await redis.call('ping', (client) => client.ping()).catch((error: unknown) => error);
    if (answer === 'PONG') return;
    if (performance.now() > endsAtMs) throw new Error(`Redis gave no answer in ${withinMs} ms`, { cause: answer });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

class WithoutRedis {}

/** For a part of a service that would share something through a Redis, and is tried without one. */
export const withoutRedis = (): DynamicModule => ({
  module: WithoutRedis,
  global: true,
  providers: [
    { provide: RedisSettings, useValue: redisSettings(undefined) },
    { provide: Redis, useFactory: () => aRedis(undefined) },
  ],
  exports: [RedisSettings, Redis],
});
