import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { LoggerModule } from 'nestjs-pino';
import { register } from 'prom-client';
import { Lifecycle } from '#platform/lifecycle';
import { MetricsModule, MetricsRegistry } from '#platform/metrics';
import { HealthContributor, type HealthState } from './health-contributor.js';
import { HealthModule } from './health.module.js';

let answer: () => Promise<HealthState>;

@Injectable()
class Needed extends HealthContributor {
  override readonly name = 'needed';
  override readiness = (): Promise<HealthState> => answer();
  override details = (): Promise<HealthState> => Promise.reject(new Error('nobody asks for people here'));
}

describe('service_ready', () => {
  let lifecycle: Lifecycle;
  let module: TestingModule;

  beforeEach(async () => {
    lifecycle = new Lifecycle();
    answer = () => Promise.resolve({ status: 'up' });
    const logs = LoggerModule.forRoot({ pinoHttp: { level: 'silent' } });
    module = await Test.createTestingModule({
      imports: [logs, MetricsModule, HealthModule.forRoot(lifecycle)],
      providers: [Needed],
    }).compile();
  });
  afterEach(async () => {
    await module.close();
    register.clear();
  });

  const scraped = async () => /^service_ready (\d)$/m.exec(await module.get(MetricsRegistry).scrape())?.[1];

  it('is 1 while the service serves, and neither before nor after', async () => {
    const seen = [await scraped()];
    lifecycle.serving();
    seen.push(await scraped());
    lifecycle.draining();
    seen.push(await scraped());

    expect(seen).toEqual(['0', '1', '0']);
  });

  it.each<[string, () => Promise<HealthState>, string]>([
    ['down', () => Promise.resolve({ status: 'down' }), '0'],
    ['not to be asked', () => Promise.reject(new Error('away')), '0'],
    ['silent', () => new Promise(() => undefined), '0'],
    ['degraded', () => Promise.resolve({ status: 'degraded' }), '1'],
  ])('where what it needs is %s, is what the readiness probe would say', async (_, says, ready) => {
    lifecycle.serving();
    answer = says;

    expect(await scraped()).toBe(ready);
  });
});
