import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import type { Logger } from 'pino';
import { getToken } from '@willsoto/nestjs-prometheus';
import { newRequestContext, newTraceId, runInRequest } from '#platform/context';
import { Deadline } from '#platform/deadline';
import type { HealthService } from '#platform/health';
import { Lifecycle } from '#platform/lifecycle';
import type { LogLevel } from '#platform/logging';
import { createManagementServer } from '#platform/management';
import {
  DEPENDENCY_DURATION,
  type DependencyDuration,
  MetricsModule,
  MetricsRegistry,
  noteDependencyDuration,
} from '#platform/metrics';
import { describeWith } from '#platform/testing';
import { PROMETHEUS, PrometheusServer } from '../support/prometheus/index.js';

describeWith(PROMETHEUS, 'exemplars, as Prometheus reads them from the management port', () => {
  const sampled = newTraceId();
  let server: ReturnType<typeof createManagementServer>;
  let prometheus: PrometheusServer;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [MetricsModule] }).compile();
    const duration = module.get<DependencyDuration>(getToken(DEPENDENCY_DURATION));
    const call = (traceId: string, traceSampled: boolean, seconds: number): void =>
      runInRequest(newRequestContext({ deadline: new Deadline(1_000), traceId, traceSampled }), () =>
        noteDependencyDuration(duration, { dependency: 'redis', operation: 'trial', outcome: 'ok' }, seconds),
      );
    call(sampled, true, 0.2);
    call(newTraceId(), false, 0.002);
    server = createManagementServer({
      health: {} as HealthService,
      metrics: module.get(MetricsRegistry),
      lifecycle: new Lifecycle(),
      info: { name: 'store', version: '1.2.3', commit: 'abc', runtime: 'v26' },
      logLevel: {} as LogLevel,
      logger: {} as Logger,
    });
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    prometheus = await PrometheusServer.start({ targets: { store: [url] } });
  });
  afterAll(async () => {
    await prometheus.stop();
    await server.close();
  });

  it('lead to the trace of the request that was sampled, and to no other', async () => {
    const found = async () => {
      const exemplars = await prometheus.exemplars(`${DEPENDENCY_DURATION}_bucket`);
      return exemplars.length > 0 ? exemplars : null;
    };

    expect(await prometheus.until(found, 'an exemplar')).toEqual([{ trace_id: sampled }]);
  });

  it('come with the metrics as they are otherwise', async () => {
    const selected = `${DEPENDENCY_DURATION}_count{operation="trial"}`;

    expect((await prometheus.query(selected)).map(({ value: [, count] }) => count)).toEqual(['2']);
    expect(await prometheus.query('process_cpu_seconds_total{job="store"}')).toHaveLength(1);
  });
});
