/** One line of the Prometheus text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SETTLING_SCRAPES_MAX = 500;
const LINE = /^(\w+)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** All samples of the process as /metrics shows them now. */
export async function readMetrics(managementUrl: string): Promise<readonly Sample[]> {
  const response = await fetch(`${managementUrl}/metrics`);
  if (response.status !== 200) throw new Error(`/metrics answers ${response.status}`);
  const text = await response.text();
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(sampleFrom);
}

function sampleFrom(line: string): Sample {
  const [, name, labels = '', value] = LINE.exec(line) ?? [];
  if (name === undefined) throw new Error(`Not a sample: ${line}`);
  const pairs = [...labels.matchAll(LABEL)].map(([, label = '', text = '']) => [label, text]);
  return { name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
}

/** Scrapes until nothing is in flight: an answer is counted when it has left, which its reader may outrun. */
export async function readSettledMetrics(managementUrl: string): Promise<readonly Sample[]> {
  for (let scrapes = 0; scrapes < SETTLING_SCRAPES_MAX; scrapes += 1) {
    const metrics = await readMetrics(managementUrl);
    if (sampleOf(metrics, 'http_server_requests_in_flight') === 0) return metrics;
  }
  throw new Error('There is always something in flight.');
}

/** The value of a metric that has one sample. */
export function sampleOf(samples: readonly Sample[], name: string): number {
  const found = samples.filter((sample) => sample.name === name);
  if (found.length !== 1) throw new Error(`${name} has ${found.length} samples.`);
  return found[0]?.value ?? NaN;
}

/** The sum of a metric's samples that have these labels. */
export const sumOf = (samples: readonly Sample[], name: string, labels: Sample['labels'] = {}): number =>
  samples
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([label, text]) => sample.labels[label] === text))
    .reduce((sum, { value }) => sum + value, 0);

/** How many requests were answered with each status. */
export function countByStatus(samples: readonly Sample[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, labels, value } of samples) {
    if (name !== 'http_server_request_duration_seconds_count') continue;
    const status = labels['status'] ?? '';
    counts[status] = (counts[status] ?? 0) + value;
  }
  return counts;
}
