import { describe, expect, it } from '@jest/globals';
import { Counter, Gauge, Histogram, Registry, type Metric, type RegistryContentType } from 'prom-client';
import { formatFor, OPEN_METRICS, render, TEXT_FORMAT } from './exposition.js';

const PROMETHEUS =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

describe('the form of the metrics', () => {
  it.each([
    ['Prometheus', PROMETHEUS],
    ['whoever asks for nothing else', 'application/openmetrics-text'],
    ['a header in capitals', 'APPLICATION/OPENMETRICS-TEXT; Q=0.9'],
  ])('is OpenMetrics for %s', (_, accept) => {
    expect(formatFor(accept)).toBe(OPEN_METRICS);
  });

  it.each([
    ['no header', undefined],
    ['curl', '*/*'],
    ['a browser', 'text/html,application/xhtml+xml,*/*;q=0.8'],
    ['a scraper of the text format', 'text/plain; version=0.0.4'],
    ['whoever likes text more', 'application/openmetrics-text;q=0.2,text/plain'],
    ['whoever does not want the other', 'application/openmetrics-text;q=0'],
    ['a weight that is none', 'application/openmetrics-text;q=many'],
  ])('is text for %s', (_, accept) => {
    expect(formatFor(accept)).toBe(TEXT_FORMAT);
  });
});

describe('an exposition', () => {
  const registry = new Registry<RegistryContentType>();
  registry.setContentType(OPEN_METRICS);
  const registers = [registry];
  const trace = 'a'.repeat(32);
  new Counter({ name: 'things_total', help: 'Things.', registers }).inc(2);
  new Gauge({ name: 'height', help: 'Set when it is read.', registers, collect() { this.set(7) } }); // prettier-ignore
  const duration = new Histogram({ name: 'd', help: 'D.', buckets: [1, 5], enableExemplars: true, registers });
  duration.observe({ value: 2, exemplarLabels: { trace_id: trace } });
  duration.observe({ value: 9, exemplarLabels: {} });
  const metrics = registry.getMetricsAsArray() as unknown as Metric[];

  it('is complete in OpenMetrics, with exemplars', async () => {
    const text = await render(metrics, OPEN_METRICS);

    expect(text).toContain('# TYPE things counter\nthings_total 2\n');
    expect(text).toContain('height 7\n');
    expect(text).toMatch(new RegExp(`^d_bucket\\{le="5"\\} 1 # \\{trace_id="${trace}"\\} 2 \\d+(\\.\\d+)?$`, 'm'));
    expect(text.endsWith('\n# EOF\n')).toBe(true);
  });

  it('is as it was in the text format, also after OpenMetrics and at the same time', async () => {
    const [before] = [await render(metrics, TEXT_FORMAT)];
    const [text] = await Promise.all([render(metrics, TEXT_FORMAT), render(metrics, OPEN_METRICS)]);

    expect(text).toBe(before);
    expect(text).toContain('# TYPE things_total counter\nthings_total 2\n');
    expect(text).not.toMatch(/trace_id|EOF/);
  });
});
