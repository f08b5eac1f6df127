import type { Provider, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { RedisSettings } from './redis.settings.js';

interface SharedAdapters<Port> {
  /** The port: an abstract class, which is its own token. */
  readonly port: abstract new (...args: never[]) => Port;
  /** Imports it, when it is chosen: with it comes what it stands on. */
  readonly redis: () => Promise<Type<Port>>;
  readonly memory: Type<Port>;
}

/**
 * Answers a port from Redis when one is configured, and from the memory of this replica when none is. Only the chosen
 * adapter is made, with its own dependencies injected; the one of Redis is not even loaded before.
 */
export function redisAdapter<Port>({ port, redis, memory }: SharedAdapters<Port>): Provider {
  return {
    provide: port,
    inject: [ModuleRef, RedisSettings],
    useFactory: async (moduleRef: ModuleRef, settings: RedisSettings): Promise<Port> =>
      moduleRef.create(settings.url === undefined ? memory : await redis()),
  };
}
