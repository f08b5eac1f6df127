import type { Provider } from '@nestjs/common';
import { makeCounterProvider, makeGaugeProvider, makeHistogramProvider } from '@willsoto/nestjs-prometheus';
import { register, Registry, type Counter, type RegistryContentType } from 'prom-client';
import { describeMetric, type Labels, type MetricDeclaration } from './metric-catalogue.js';
import { startAtZero } from './start-at-zero.js';

// A histogram of any other registry takes no exemplars. What is answered is written by `exposition.ts`, in either form.
(register as Registry<RegistryContentType>).setContentType(Registry.OPENMETRICS_CONTENT_TYPE);

const labelNames = (labels: Labels = {}): string[] => Object.keys(labels);

/**
 * A counter, by `@InjectMetric(name)`. Where all values of all its labels are known it has all its series from the
 * start: what appears with its first increment hides that one from rate(). Else whoever knows them says
 * {@link startAtZero}.
 */
export function declareCounter(declaration: MetricDeclaration): Provider {
  describeMetric('counter', declaration);
  const { name, help, labels = {} } = declaration;
  const provider = makeCounterProvider({ name, help, labelNames: labelNames(labels) }) as {
    readonly provide: string;
    readonly useFactory: (...injected: unknown[]) => Counter;
    readonly inject: [];
  };
  const known = enumerated(labels);
  return {
    ...provider,
    useFactory: (...injected: unknown[]) => {
      const counter = provider.useFactory(...injected);
      if (known) startAtZero(counter, known);
      return counter;
    },
  };
}

/** A gauge, by `@InjectMetric(name)`. */
export function declareGauge(declaration: MetricDeclaration): Provider {
  describeMetric('gauge', declaration);
  const { name, help, labels } = declaration;
  return makeGaugeProvider({ name, help, labelNames: labelNames(labels) });
}

/**
 * A histogram, by `@InjectMetric(name)`. It keeps the latest exemplar of each bucket, so `observe` takes one object.
 * @param declaration `buckets`: upper bounds, ascending
 */
export function declareHistogram(declaration: MetricDeclaration & { readonly buckets: readonly number[] }): Provider {
  const { buckets, ...described } = declaration;
  describeMetric('histogram', described);
  const { name, help, labels } = declaration;
  return makeHistogramProvider({
    name,
    help,
    labelNames: labelNames(labels),
    buckets: [...buckets],
    enableExemplars: true,
  });
}

/** The values of each label, when all of them are known. */
function enumerated(labels: Labels): Readonly<Record<string, readonly string[]>> | null {
  const known: Record<string, readonly string[]> = {};
  for (const [label, bound] of Object.entries(labels)) {
    if (!('length' in bound)) return null;
    known[label] = bound;
  }
  return known;
}
