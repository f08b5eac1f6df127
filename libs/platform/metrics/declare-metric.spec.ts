import { afterEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { getToken } from '@willsoto/nestjs-prometheus';
import { register, type Counter } from 'prom-client';
import { declareCounter, declareGauge, declareHistogram } from './declare-metric.js';
import { describedMetrics } from './metric-catalogue.js';

const described = (name: string) => describedMetrics().find((metric) => metric.name === name);

afterEach(() => {
  for (const name of ['trial_total', 'trial_open_total', 'trial_bytes', 'trial_seconds']) {
    register.removeSingleMetric(name);
  }
});

async function seriesOf(provider: ReturnType<typeof declareCounter>, name: string): Promise<object[]> {
  const module = await Test.createTestingModule({ providers: [provider] }).compile();
  const { values } = await module.get<Counter>(getToken(name)).get();
  return values.map(({ labels, value }) => ({ ...labels, value }));
}

describe('a declared metric', () => {
  it('has all its series from the start, when the values of all its labels are known', async () => {
    const counter = declareCounter({ name: 'trial_total', help: 'x', labels: { a: ['1', '2'], b: ['x', 'y'] } });

    expect(await seriesOf(counter, 'trial_total')).toEqual([
      { a: '1', b: 'x', value: 0 },
      { a: '1', b: 'y', value: 0 },
      { a: '2', b: 'x', value: 0 },
      { a: '2', b: 'y', value: 0 },
    ]);
  });

  it('has none of its own when a label has values that are not known', async () => {
    const labels = { a: ['1'], b: { of: 'letters', form: /^[a-z]$/ } };

    expect(await seriesOf(declareCounter({ name: 'trial_open_total', help: 'x', labels }), 'trial_open_total')).toEqual(
      [],
    );
  });

  it('is described, with its type and its unit', () => {
    declareGauge({ name: 'trial_bytes', help: 'Bytes.', only: 'on Mondays' });
    declareHistogram({ name: 'trial_seconds', help: 'Seconds.', buckets: [1] });
    declareCounter({ name: 'trial_total', help: 'Trials.', labels: { a: ['1'] } });

    expect(described('trial_bytes')).toMatchObject({ type: 'gauge', unit: 'bytes', labels: {}, only: 'on Mondays' });
    expect(described('trial_seconds')).toMatchObject({ type: 'histogram', unit: 'seconds', only: null });
    expect(described('trial_total')).toMatchObject({ type: 'counter', unit: null, labels: { a: ['1'] } });
  });
});
