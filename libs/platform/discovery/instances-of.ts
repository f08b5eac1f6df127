import type { DiscoveryService } from '@nestjs/core';

type AbstractClass<T> = abstract new (...args: never[]) => T;

/**
 * Every provider of the app that is an instance of `type`, each once: what a module provides is found where it lies,
 * and registered nowhere.
 */
export function instancesOf<T>(discovery: DiscoveryService, type: AbstractClass<T>): readonly T[] {
  const instances = discovery.getProviders().map((wrapper) => wrapper.instance as unknown);
  return [...new Set(instances.filter((instance): instance is T => instance instanceof type))];
}
