import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { instancesOf } from '#platform/discovery';
import { Dependency } from './dependency.js';
import { type DependencyCall, DependencyObserver, type DependencyStateChange } from './dependency-observer.js';
import type { DependencyPolicy } from './dependency-policy.js';

/** Every dependency of the process. An adapter declares its own, once, where it is provided. */
@Injectable()
export class Dependencies implements OnModuleInit {
  private readonly declared = new Map<string, Dependency>();
  private observers: readonly DependencyObserver[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  /** Until here nobody has asked a dependency, and every observer has been made. */
  onModuleInit(): void {
    this.observers = instancesOf(this.discovery, DependencyObserver);
  }

  /**
   * @throws RangeError when the policy makes no sense
   * @throws Error when the name is taken: two breakers for one dependency would each see half of its failures
   */
  declare(policy: DependencyPolicy): Dependency {
    if (this.declared.has(policy.name)) throw new Error(`The dependency ${policy.name} is declared twice.`);
    const dependency = new Dependency(policy, { observer: this.all });
    this.declared.set(policy.name, dependency);
    return dependency;
  }

  [Symbol.iterator](): Iterator<Dependency> {
    return this.declared.values();
  }

  private readonly all: DependencyObserver = {
    called: (call: DependencyCall) => {
      for (const observer of this.observers) observer.called(call);
    },
    changed: (change: DependencyStateChange) => {
      for (const observer of this.observers) observer.changed(change);
    },
  };
}
