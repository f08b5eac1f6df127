import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Subscription, subscriptionOf } from './subscription.js';

/** Every consumer of the process: found where a module provides it, and registered nowhere. */
@Injectable()
export class Subscriptions implements OnModuleInit {
  private found: readonly Subscription[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /**
   * By now every provider is there. A fault in the wiring ends the start, and does not wait for the first event.
   * @throws Error as {@link all} does
   */
  onModuleInit(): void {
    this.found = this.find();
  }

  /** @throws Error when two consumers have one name: each would see half of the events; or when one takes a type twice */
  get all(): readonly Subscription[] {
    return (this.found ??= this.find());
  }

  /** Those that an event of this type concerns. */
  concernedBy(type: string): readonly Subscription[] {
    return this.all.filter((subscription) => subscription.concerns(type));
  }

  private find(): readonly Subscription[] {
    const providers = new Set(this.discovery.getProviders().map((wrapper) => wrapper.instance as unknown));
    const found = [...providers].map(subscriptionOf).filter((subscription) => subscription !== null);
    const names = found.map(({ consumer }) => consumer);
    const twice = names.find((name, place) => names.indexOf(name) !== place);
    if (twice !== undefined) throw new Error(`Two consumers of events are called ${twice}.`);
    return found;
  }
}
