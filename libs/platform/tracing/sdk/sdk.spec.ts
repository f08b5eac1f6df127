import { describe, expect, it, jest } from '@jest/globals';
import { SelfObservation } from './self-observation.js';
import { serviceResource } from './service-resource.js';
import { keyValuePairs } from '../key-value-pairs.js';
import type { TracingTrouble } from '../tracing-report.js';

describe('what the SDK counts of itself', () => {
  it('is kept by error, and told once where spans are lost', () => {
    const observation = new SelfObservation();
    const told = jest.fn<(trouble: TracingTrouble) => void>();
    observation.onTrouble(told);
    const meter = observation.getMeter();
    const processed = meter.createCounter('otel.sdk.processor.span.processed');
    const exported = meter.createCounter('otel.sdk.exporter.span.exported');

    exported.add(3, {});
    processed.add(3, {});
    exported.add(2, { 'error.type': 'Error' });
    processed.add(2, { 'error.type': 'Error' });
    processed.add(1, { 'error.type': 'queue_full' });
    meter.createCounter('otel.sdk.span.started').add(1);

    expect(Object.fromEntries(observation.exported)).toEqual({ '': 3, Error: 2 });
    expect(Object.fromEntries(observation.processed)).toEqual({ '': 3, Error: 2, queue_full: 1 });
    expect(told.mock.calls).toEqual([[{ spans: 2, errorType: 'Error' }], [{ spans: 1, errorType: 'queue_full' }]]);
  });
});

describe('who tells', () => {
  const nameOf = (serviceName: string | undefined, resourceAttributes: string | undefined, entry?: string) =>
    serviceResource({ serviceName, resourceAttributes }, entry).attributes['service.name'];

  it.each([
    ['as it is told', 'shop', 'service.name=other', 'shop'],
    ['else as its attributes say', undefined, 'service.name=other', 'other'],
    ['else by its app', undefined, 'deployment.environment.name=test', 'recommender'],
  ])('is called %s', (_how, name, attributes, called) => {
    expect(nameOf(name, attributes, '/srv/dist/apps/recommender/src/main.js')).toBe(called);
  });

  it('is called by the house where its app is unknown', () => {
    expect(nameOf(undefined, undefined, undefined)).toBe('mainstay');
  });

  it('has a version, and an id of its own', () => {
    const { attributes } = serviceResource({}, undefined);
    expect(attributes['service.version']).toMatch(/^\d+\.\d+\.\d+/);
    expect(attributes['service.instance.id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('keyValuePairs', () => {
  it.each([
    ['', {}],
    ['a=b', { a: 'b' }],
    [' a = b , c=d%20e,f=g=h,', { a: 'b', c: 'd e', f: 'g=h' }],
    ['a', null],
    ['=b', null],
    ['a=%zz', null],
    [Array.from({ length: 65 }, (_, n) => `k${n}=v`).join(','), null],
  ])('reads %j', (text, pairs) => {
    expect(keyValuePairs(text)).toEqual(pairs);
  });
});
