import { readMetrics, type Sample } from '../../system/support/metrics.js';

/** What the store's own metrics say of its recommender. */
export interface Figures {
  /** Calls by outcome. */
  readonly calls: Readonly<Record<string, number>>;
  /** Degraded answers by source. */
  readonly degraded: Readonly<Record<string, number>>;
  /** 0 closed, 1 half-open, 2 open. */
  readonly breakerState: number;
}

const WATCH_INTERVAL_MS = 25;

export async function figuresOf(managementUrl: string): Promise<Figures> {
  const samples = await readMetrics(managementUrl);
  const ofRecommender = samples.filter(({ labels }) => labels['dependency'] === 'recommender');
  const ofFeature = samples.filter(({ labels }) => labels['feature'] === 'recommendations');
  return {
    calls: byLabel(ofRecommender, 'dependency_request_duration_seconds_count', 'outcome'),
    degraded: byLabel(ofFeature, 'degraded_responses_total', 'source'),
    breakerState: ofRecommender.find(({ name }) => name === 'dependency_breaker_state')?.value ?? NaN,
  };
}

/** Calls of which at least one attempt left for the recommender. */
export const callsLetThrough = ({ calls }: Figures): number =>
  Object.entries(calls).reduce((sum, [outcome, count]) => (NEVER_LEFT.has(outcome) ? sum : sum + count), 0);

const NEVER_LEFT: ReadonlySet<string> = new Set(['short-circuited', 'queue-full']);

/** Resolves with the first figures that fit. */
export async function figuresThat(
  fit: (figures: Figures) => boolean,
  managementUrl: string,
  timeoutMs = 5_000,
): Promise<Figures> {
  const endsAtMs = performance.now() + timeoutMs;
  for (;;) {
    const figures = await figuresOf(managementUrl);
    if (fit(figures)) return figures;
    if (performance.now() > endsAtMs) throw new Error(`Still not so: ${JSON.stringify(figures)}`);
    await new Promise((resolve) => setTimeout(resolve, WATCH_INTERVAL_MS));
  }
}

function byLabel(samples: readonly Sample[], metric: string, label: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, labels, value } of samples) {
    // Counters have a series for each label from the start, at 0.
    if (name === metric && value > 0) counts[labels[label] ?? ''] = (counts[labels[label] ?? ''] ?? 0) + value;
  }
  return counts;
}
