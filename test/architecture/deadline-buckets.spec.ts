import { describe, expect, it } from '@jest/globals';
import { describeSettings } from '#platform/config';
import { DEPENDENCY_BUCKETS } from '#platform/metrics';
import { REQUEST_BUCKETS } from '#platform/http';
import '#platform/bootstrap';
import '#modules/catalog';
import '#modules/orders';

const defaultSeconds = (variable: string): number => {
  const settings = describeSettings().flatMap((section) => section.settings);
  const value = settings.find((setting) => setting.variable === variable)?.default;
  if (value === undefined) throw new Error(`${variable} is no setting with a default.`);
  return Number(value) / 1_000;
};

/** What ends a wait of a dependency, by its default. */
const WAITS = [
  'REDIS_COMMAND_TIMEOUT_MS',
  'RECOMMENDER_TIMEOUT_MS',
  'RECOMMENDER_ATTEMPT_TIMEOUT_MS',
  'DATABASE_ACQUIRE_TIMEOUT_MS',
  'DATABASE_LOCK_TIMEOUT_MS',
  'DATABASE_STATEMENT_TIMEOUT_MS',
  'DATABASE_READ_TIMEOUT_MS',
  'NATS_PUBLISH_TIMEOUT_MS',
  'REQUEST_TIMEOUT_MS',
];

describe('the buckets of durations', () => {
  it.each(WAITS)('of dependencies have an edge at %s, so that what it ended is told from the rest', (variable) => {
    expect(DEPENDENCY_BUCKETS).toContain(defaultSeconds(variable));
  });

  it('of requests have an edge at the deadline, and beyond it, and at the objective', () => {
    const deadline = defaultSeconds('REQUEST_TIMEOUT_MS');

    expect(REQUEST_BUCKETS).toEqual(expect.arrayContaining([0.5, deadline]));
    expect(REQUEST_BUCKETS.some((edge) => edge > deadline)).toBe(true);
  });

  it.each([
    ['dependencies', DEPENDENCY_BUCKETS],
    ['requests', REQUEST_BUCKETS],
  ])('of %s ascend', (_, buckets) => {
    expect([...buckets].sort((one, other) => one - other)).toEqual([...buckets]);
  });
});
