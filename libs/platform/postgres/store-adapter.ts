import type { Provider, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { DatabaseSettings } from './database.settings.js';

interface StoreAdapters<Port> {
  /** The port: an abstract class, which is its own token. */
  readonly port: abstract new (...args: never[]) => Port;
  readonly postgres: Type<Port>;
  readonly memory: Type<Port>;
}

/**
 * Answers a store's port from Postgres when a database is configured, and from memory when none is. Only the chosen
 * adapter is made, with its own dependencies injected.
 */
export function storeAdapter<Port>({ port, postgres, memory }: StoreAdapters<Port>): Provider {
  return {
    provide: port,
    inject: [ModuleRef, DatabaseSettings],
    useFactory: (moduleRef: ModuleRef, settings: DatabaseSettings): Promise<Port> =>
      moduleRef.create(settings.url === undefined ? memory : postgres),
  };
}
