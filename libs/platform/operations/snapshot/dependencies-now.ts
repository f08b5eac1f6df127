import { Injectable } from '@nestjs/common';
import { Dependencies, type Dependency } from '#platform/resilience';
import type { Moment } from '../history/moment.js';
import { spellOf, type Spell } from '../history/trends.js';
import { BreakerTimes } from '../states/breaker-times.js';
import { flowOf, flowsOf, type Window } from './flows.js';
import type { DependencyState, Named } from './operations-snapshot.js';
import { NO_CALLS } from '../history/tally.js';

/** Whatever calls are counted of, and whatever has a breaker: the database has none, and is counted. */
@Injectable()
export class DependenciesNow {
  constructor(
    private readonly dependencies: Dependencies,
    private readonly breakers: BreakerTimes,
  ) {}

  states(window: Window, moments: readonly Moment[]): readonly DependencyState[] {
    const declared = new Map([...this.dependencies].map((dependency) => [dependency.name, dependency]));
    const flows = new Map(flowsOf(({ dependencies }) => dependencies, window).map((flow) => [flow.name, flow]));
    const names = [...new Set([...declared.keys(), ...flows.keys()])].sort();
    return names.map((name) => {
      const idle: Named = { name, ...flowOf(NO_CALLS, [], window.seconds) };
      const spell = spellOf([...moments, window.now], ({ failures }) => failures.get(name) ?? 0);
      return { ...(flows.get(name) ?? idle), ...this.circuitOf(declared.get(name)), ...troubleIn(spell) };
    });
  }

  private circuitOf(dependency: Dependency | undefined): Pick<DependencyState, 'breaker' | 'running' | 'queued'> {
    if (!dependency) return { breaker: null, running: null, queued: null };
    const { name, state, load } = dependency;
    return { breaker: { state, changedAtMs: this.breakers.changedAtMs(name) }, ...load };
  }
}

type Trouble = Pick<DependencyState, 'failingSinceMs' | 'failingOrEarlier' | 'lastFailureAtMs' | 'isFailing'>;

const troubleIn = (spell: Spell | null): Trouble => ({
  failingSinceMs: spell?.sinceMs ?? null,
  failingOrEarlier: spell?.orEarlier ?? false,
  lastFailureAtMs: spell?.lastAtMs ?? null,
  isFailing: spell?.isGoingOn ?? false,
});
