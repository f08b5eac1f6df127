import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadSettings } from '#platform/config';
import { TracingSettings, tracesUrlOf } from './tracing.settings.js';

const settingsIn = (env: Record<string, string>) => loadSettings(env, [TracingSettings]).get(TracingSettings);

const faultsIn = (env: Record<string, string>): string => {
  try {
    settingsIn(env);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the settings of tracing', () => {
  it('keep it off without an end point, and where it is disabled', () => {
    expect(settingsIn({}).wanted).toBe(false);
    expect(settingsIn({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }).wanted).toBe(true);
    expect(settingsIn({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c:4318/t' }).wanted).toBe(true);
    expect(settingsIn({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' }).wanted).toBe(false);
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }, 'http://c:4318/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/otlp/' }, 'http://c:4318/otlp/v1/traces'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://d/as/it/is' },
      'http://d/as/it/is',
    ],
  ])('%j send traces to %s', (env, url) => {
    expect(tracesUrlOf(settingsIn(env))).toBe(url);
  });

  it('report all their faults at once, and no value', () => {
    const secret = randomUUID();
    const faults = faultsIn({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://user:${secret}@collector:4318`,
      OTEL_EXPORTER_OTLP_HEADERS: `no header: ${secret}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_TRACES_SAMPLER: 'sometimes',
      OTEL_TRACES_SAMPLER_ARG: '2',
      OTEL_RESOURCE_ATTRIBUTES: 'a=%zz',
      OTEL_BSP_MAX_QUEUE_SIZE: '10',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '20',
    });

    for (const variable of ['ENDPOINT', 'HEADERS', 'PROTOCOL'])
      expect(faults).toContain(`OTEL_EXPORTER_OTLP_${variable} must`);
    for (const variable of ['SAMPLER', 'SAMPLER_ARG']) expect(faults).toContain(`OTEL_TRACES_${variable} must`);
    expect(faults).toContain('OTEL_RESOURCE_ATTRIBUTES must');
    expect(faults).toContain('OTEL_BSP_MAX_EXPORT_BATCH_SIZE must not be more than OTEL_BSP_MAX_QUEUE_SIZE');
    expect(faults).not.toContain(secret);
  });

  it('keep the headers out of what is shown of them', () => {
    const secret = randomUUID();
    const settings = settingsIn({ OTEL_EXPORTER_OTLP_HEADERS: `api-key=${secret}` });

    expect(settings.headers).toContain(secret);
    expect(JSON.stringify(settings)).not.toContain(secret);
  });
});
