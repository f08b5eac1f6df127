import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { aServiceOf } from '#platform/testing';
import { METRICS } from './metric-names.js';

/** A service of the platform alone has neither. */
const OF_OTHERS: readonly string[] = [METRICS.degraded, METRICS.replicaPool];

describe('the metrics that the page is made of', () => {
  let service: Awaited<ReturnType<typeof aServiceOf>>;
  beforeAll(async () => {
    service = await aServiceOf({ name: 'metrics', env: {} });
  });
  afterAll(() => service.app.close());

  it.each(Object.values(METRICS).filter((name) => !OF_OTHERS.includes(name)))('%s is there', (name) => {
    expect(register.getSingleMetric(name)).toBeDefined();
  });
});
