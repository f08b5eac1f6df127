import type { CloudEvent } from '../event/cloud-event.js';
import { eventTypeOf } from '../event/event-type.js';
import { consumerNameOf, consumptionsOf } from './consumes.decorator.js';

export type EventHandler = (event: CloudEvent) => Promise<void>;

/** What one consumer hears of. */
export class Subscription {
  private readonly handlers = new Map<string, EventHandler>();
  private readonly known = new Set<string>();

  /** @throws Error when it takes one type twice */
  constructor(
    /** Stable: what has been consumed is remembered under it. */
    readonly consumer: string,
    consumptions: readonly { readonly family: string; readonly version: number; readonly handler: EventHandler }[],
  ) {
    for (const { family, version, handler } of consumptions) {
      const type = `${family}.v${version}`;
      if (this.handlers.has(type)) throw new Error(`The consumer ${consumer} takes ${type} twice.`);
      this.handlers.set(type, handler);
      this.known.add(family);
    }
  }

  /** The families that it hears of, whatever the version: `orders.order-placed`. */
  get families(): readonly string[] {
    return [...this.known];
  }

  /** Those of which it knows what to do with them: `orders.order-placed.v1`. */
  get types(): readonly string[] {
    return [...this.handlers.keys()];
  }

  /** Whether events of this type concern it at all, in a version that it knows or in another. */
  concerns(type: string): boolean {
    const family = eventTypeOf(type)?.family;
    return family !== undefined && this.known.has(family);
  }

  /** Null for a version that it doesn't know. */
  handlerOf(type: string): EventHandler | null {
    return this.handlers.get(type) ?? null;
  }
}

/** The subscription of a provider, or null when it is no consumer of events. */
export function subscriptionOf(provider: unknown): Subscription | null {
  if (typeof provider !== 'object' || provider === null) return null;
  const consumer = consumerNameOf(provider.constructor);
  if (consumer === null) return null;
  const methods = provider as Record<string, EventHandler>;
  const consumptions = consumptionsOf(provider.constructor).map(({ family, version, method }) => ({
    family,
    version,
    handler: (event: CloudEvent) => (methods[method] as EventHandler).call(provider, event),
  }));
  return new Subscription(consumer, consumptions);
}
