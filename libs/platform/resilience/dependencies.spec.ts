import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { register } from 'prom-client';
import { Writable } from 'node:stream';
import { createLogger, LoggingModule } from '#platform/logging';
import { MetricsModule, MetricsRegistry } from '#platform/metrics';
import { Dependencies } from './dependencies.js';
import { DependenciesHealth } from './dependencies-health.js';
import type { Dependency } from './dependency.js';
import { ResilienceModule } from './resilience.module.js';
import { aPolicy } from './testing/dependency.builder.js';
import { RecordingObserver } from './testing/recording-observer.js';
import { failTimes, READ, succeeds } from './testing/work.js';

/** A part of an app that wants to hear of calls: providing the observer is all it does for that. */
@Global()
@Module({ providers: [RecordingObserver] })
class Listening {}

describe('the dependencies of a service', () => {
  let app: INestApplicationContext;
  let lines: Record<string, unknown>[];
  let recommender: Dependency;

  beforeEach(async () => {
    lines = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
        done();
      },
    });
    const logger = createLogger({ level: 'info', service: 'test', version: '0' }, stream);
    const root = {
      module: class Root {},
      imports: [MetricsModule, LoggingModule.forRoot(logger), ResilienceModule, Listening],
    };
    app = await NestFactory.createApplicationContext(root, { logger: false });
    recommender = app.get(Dependencies).declare(aPolicy());
  });

  afterEach(async () => {
    await app.close();
    register.clear();
  });

  const metrics = () => app.get(MetricsRegistry).scrape();

  it('are declared once each: two breakers would each see half of the failures', () => {
    expect(() => app.get(Dependencies).declare(aPolicy())).toThrow('recommender is declared twice');
    expect(() => app.get(Dependencies).declare(aPolicy({ name: 'mailer', attemptTimeoutMs: -1 }))).toThrow(RangeError);
    expect([...app.get(Dependencies)]).toEqual([recommender]);
  });

  it('are told of to every observer that somebody provides', async () => {
    await recommender.call(succeeds, READ);
    expect(app.get(RecordingObserver).outcomes).toEqual(['ok']);
  });

  it('show each call by dependency, operation and outcome', async () => {
    await recommender.call(succeeds, READ);
    await failTimes(recommender, 2);
    const labels = (operation: string, outcome: string) =>
      `dependency_request_duration_seconds_count{dependency="recommender",operation="${operation}",outcome="${outcome}"}`;
    expect(await metrics()).toContain(`${labels('test.read', 'ok')} 1`);
    expect(await metrics()).toContain(`${labels('test.write', 'failed')} 2`);
  });

  it('show the state of each breaker, from the start', async () => {
    expect(await metrics()).toContain('dependency_breaker_state{dependency="recommender"} 0');
    await failTimes(recommender, 20);
    expect(await metrics()).toContain('dependency_breaker_state{dependency="recommender"} 2');
  });

  it('write one line for a change of state, however many calls are refused', async () => {
    await failTimes(recommender, 200);
    expect(lines).toMatchObject([
      { level: 'warn', msg: 'dependency state changed', dependency: 'recommender', from: 'closed', to: 'open' },
    ]);
    expect(JSON.stringify(lines[0])).toContain('status 503');
  });

  it('degrade the health report, and never readiness', async () => {
    const health = app.get(DependenciesHealth);
    expect(await health.details()).toEqual({ status: 'up', recommender: { state: 'closed', running: 0, queued: 0 } });
    await failTimes(recommender, 20);
    expect(await health.details()).toEqual({
      status: 'degraded',
      recommender: { state: 'open', running: 0, queued: 0 },
    });
    expect(await health.readiness()).toEqual({ status: 'up' });
  });
});
