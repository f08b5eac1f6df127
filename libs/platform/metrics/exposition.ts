import { Registry, type Metric, type RegistryContentType } from 'prom-client';

/** 0.0.4: for whoever looks with curl, and scrapers that ask for nothing better. It has no exemplars. */
export const TEXT_FORMAT = Registry.PROMETHEUS_CONTENT_TYPE;

/** OpenMetrics 1.0: what Prometheus asks for, with exemplars. */
export const OPEN_METRICS = Registry.OPENMETRICS_CONTENT_TYPE;

/**
 * The metrics as one answer. prom-client renames counters for good when it writes OpenMetrics, and would have them
 * without `_total` in the text format from then on: here it renames an heir of the metric, which has the metric's values.
 */
export function render(metrics: readonly Metric[], contentType: RegistryContentType): Promise<string> {
  const registry = new Registry<RegistryContentType>();
  registry.setContentType(contentType);
  for (const metric of metrics) registry.registerMetric(Object.create(metric) as Metric);
  return registry.metrics();
}

const OPEN_METRICS_TYPE = 'application/openmetrics-text';
const TEXT_TYPES: ReadonlySet<string> = new Set(['text/plain', 'text/*', '*/*']);

/** What is preferred of the two (RFC 9110, 12.5.1): OpenMetrics only where it is named and no text is wanted more. */
export function formatFor(accept = ''): RegistryContentType {
  let openMetrics = 0;
  let text = 0;
  for (const range of accept.split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = weightOf(parameters);
    if (type === OPEN_METRICS_TYPE) openMetrics = Math.max(openMetrics, weight);
    else if (TEXT_TYPES.has(type)) text = Math.max(text, weight);
  }
  return openMetrics > 0 && openMetrics >= text ? OPEN_METRICS : TEXT_FORMAT;
}

function weightOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  if (given === undefined) return 1;
  const weight = Number(given);
  return weight >= 0 && weight <= 1 ? weight : 0;
}
