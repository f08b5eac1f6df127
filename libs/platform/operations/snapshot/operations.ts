import { Injectable } from '@nestjs/common';
import { Lifecycle } from '#platform/lifecycle';
import { WINDOW_MS } from '../history/history.js';
import { HistorySampler } from '../history/history-sampler.js';
import { MetricReader } from '../history/metric-reader.js';
import type { Moment } from '../history/moment.js';
import { since } from '../history/tally.js';
import { trendsOf } from '../history/trends.js';
import { RecentErrors } from '../states/recent-errors.js';
import { concernsOf } from './concerns.js';
import { DependenciesNow } from './dependencies-now.js';
import { cachesOf, degradedOf, eventsOf, flowOf, flowsOf, type Window } from './flows.js';
import { gaugesNow } from './gauges.js';
import { HealthLook, type HealthNow } from './health-now.js';
import {
  type Build,
  type Concern,
  type OperationsSnapshot,
  type OverallState,
  SNAPSHOT_VERSION,
} from './operations-snapshot.js';

/** All who look within this time see the same: the cost does not grow with their number. */
export const SHARED_MS = 1_000;

/** Looks at the whole service, when somebody asks. */
@Injectable()
export class Operations {
  private latest: { readonly takenAtMs: number; readonly snapshot: Promise<OperationsSnapshot> } | undefined;

  constructor(
    private readonly sampler: HistorySampler,
    private readonly metrics: MetricReader,
    private readonly dependencies: DependenciesNow,
    private readonly errors: RecentErrors,
    private readonly health: HealthLook,
    private readonly lifecycle: Lifecycle,
  ) {}

  /** Never older than a second. Asks every dependency, each within a bound. */
  async snapshot(build: Build): Promise<OperationsSnapshot> {
    const nowMs = performance.now();
    if (!this.latest || nowMs - this.latest.takenAtMs >= SHARED_MS) {
      this.latest = { takenAtMs: nowMs, snapshot: this.look(build) };
    }
    return this.latest.snapshot;
  }

  private async look(build: Build): Promise<OperationsSnapshot> {
    const { history } = this.sampler;
    await this.metrics.refresh('all');
    const now = await this.sampler.now();
    const gauges = await gaugesNow(this.metrics);
    // Last: its own questions would be seen as callers that wait for a connection.
    const health = await this.health.look(now.atMs);
    const window = windowOf(now, history.minuteBefore(now.atMs));
    const moments = [...history.moments, now];
    const looked = {
      health: health.contributors,
      dependencies: this.dependencies.states(window, history.moments),
      ...gauges,
    };
    const concerns = concernsOf(looked, moments);
    return {
      snapshotVersion: SNAPSHOT_VERSION,
      atMs: now.atMs,
      windowSeconds: window.seconds,
      service: this.serviceState(build, health, concerns),
      concerns,
      ...looked,
      ...flowsIn(window),
      errors: this.errors.latest,
      trends: trendsOf(history.moments, now.detail?.routes.bounds ?? []),
    };
  }

  private serviceState(build: Build, health: HealthNow, concerns: readonly Concern[]): OperationsSnapshot['service'] {
    const { phase, since: phaseSince } = this.lifecycle;
    const uptimeSeconds = process.uptime();
    return {
      ...build,
      state: phase === 'serving' ? stateOf(health, concerns) : phase,
      takesTraffic: health.takesTraffic,
      phase,
      phaseSinceMs: phaseSince.getTime(),
      startedAtMs: Math.round(performance.timeOrigin),
      uptimeSeconds: Math.round(uptimeSeconds),
    };
  }
}

function stateOf({ takesTraffic }: HealthNow, concerns: readonly Concern[]): OverallState {
  if (!takesTraffic) return 'not-ready';
  return concerns.length > 0 ? 'degraded' : 'up';
}

function windowOf(now: Moment, before: Moment | undefined): Window {
  const seconds = before ? (now.atMs - before.atMs) / 1_000 : Math.min(process.uptime(), WINDOW_MS / 1_000);
  return { now, before, seconds: Math.max(seconds, 0.001) };
}

function flowsIn(window: Window) {
  const { now, before, seconds } = window;
  const perSecond = (of: (moment: Moment) => number): number => (of(now) - (before ? of(before) : 0)) / seconds;
  const requests = since(now.requests, before?.requests);
  const routes = flowsOf(({ routes: all }) => all, window).filter((route) => route.perSecond > 0);
  return {
    traffic: {
      ...flowOf(requests, now.detail?.routes.bounds ?? [], seconds),
      inFlight: now.inFlight,
      shedPerSecond: perSecond(({ shed }) => shed),
    },
    process: {
      cpuRatio: perSecond(({ cpuMs }) => cpuMs / 1_000),
      eventLoopRatio: perSecond(({ loopActiveMs }) => loopActiveMs / 1_000),
      heapUsedBytes: now.heapUsedBytes,
      heapLimitBytes: now.heapLimitBytes,
      rssBytes: process.memoryUsage.rss(),
    },
    routes: routes.sort((a, b) => b.failuresPerSecond - a.failuresPerSecond || b.perSecond - a.perSecond),
    caches: cachesOf(window),
    degraded: degradedOf(window),
    events: eventsOf(window),
  };
}
