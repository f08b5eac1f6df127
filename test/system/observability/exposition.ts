import type { DocumentedMetric, DocumentedValues } from '../../architecture/documented-metrics.js';

/** A metric as one answer of /metrics shows it. */
export interface ExposedMetric {
  readonly type: string;
  /** Label names of each of its samples, without `le`, and the values that were seen of each. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
}

const SAMPLE = /^(\w+)(?:\{(.*)\})? \S+$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

interface Reading {
  readonly type: string;
  readonly labels: Map<string, Set<string>>;
}

/** Reads the text format 0.0.4. */
export function exposedIn(text: string): ReadonlyMap<string, ExposedMetric> {
  const metrics = new Map<string, Reading>();
  for (const line of text.split('\n')) {
    const declared = /^# TYPE (\w+) (\w+)$/.exec(line);
    if (declared) metrics.set(declared[1] ?? '', { type: declared[2] ?? '', labels: new Map() });
    else if (line !== '' && !line.startsWith('#')) readSample(line, metrics);
  }
  return metrics;
}

function readSample(line: string, metrics: ReadonlyMap<string, Reading>): void {
  const [, name = '', labels = ''] = SAMPLE.exec(line) ?? [];
  const metric = metrics.get(name) ?? metrics.get(name.replace(/_(bucket|count|sum)$/, ''));
  if (!metric) throw new Error(`A sample without a type: ${line}`);
  for (const [, label = '', value = ''] of labels.matchAll(LABEL)) {
    if (label !== 'le') metric.labels.set(label, (metric.labels.get(label) ?? new Set()).add(value));
  }
}

const allows = (values: DocumentedValues, value: string): boolean =>
  values instanceof RegExp ? values.test(value) : values.has(value);

/** What of an answer the page does not say, or says otherwise. */
export const undocumentedIn = (
  exposed: ReadonlyMap<string, ExposedMetric>,
  documented: ReadonlyMap<string, DocumentedMetric>,
): string[] => [...exposed].flatMap(([name, metric]) => faultsOf(name, metric, documented.get(name)));

function faultsOf(name: string, { type, labels }: ExposedMetric, page: DocumentedMetric | undefined): string[] {
  if (!page) return [name];
  const ofLabels = [...labels].flatMap(([label, values]) => {
    const bound = page.labels.get(label);
    if (!bound) return [`${name}.${label}`];
    return [...values].filter((value) => !allows(bound, value)).map((value) => `${name}.${label}=${value}`);
  });
  return type === page.type ? ofLabels : [`${name} is a ${type}`, ...ofLabels];
}

/** What the page says and no answer has: metrics, and labels of which no sample was seen. */
export function unexposedOf(
  documented: ReadonlyMap<string, DocumentedMetric>,
  answers: readonly ReadonlyMap<string, ExposedMetric>[],
): string[] {
  return [...documented].flatMap(([name, { labels }]) => {
    const found = answers.flatMap((answer) => answer.get(name) ?? []);
    if (found.length === 0) return [name];
    const seen = new Set(found.flatMap((metric) => [...metric.labels.keys()]));
    return [...labels.keys()].filter((label) => !seen.has(label)).map((label) => `${name}.${label}`);
  });
}
