/** What a dashboard says; `render.ts` makes of it what Grafana reads. */
export interface Dashboard {
  /** The name of the file, and the `uid`, by which dashboards link to each other. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Grafana's names of units. */
export type PanelUnit = 'short' | 's' | 'bytes' | 'percentunit' | 'reqps' | 'ops';

export interface Panel {
  readonly title: string;
  /** What it shows, and what is good. */
  readonly description: string;
  readonly unit: PanelUnit;
  /** PromQL, and the legend of each of its series. */
  readonly queries: readonly (readonly [expr: string, legend: string])[];
  /** Of 24; 8 unless given. */
  readonly width?: 6 | 8 | 12 | 24;
  readonly kind?: 'timeseries' | 'stat' | 'state';
  /** Shows the traces of single requests: for histograms whose buckets carry them. */
  readonly exemplars?: boolean;
  /** From here on it is red: the bound of the alert, where there is one. */
  readonly limit?: number;
  /** Alerts whose runbooks tell what to do. */
  readonly alerts?: readonly string[];
}

/** The matchers of every query: what the variables of the dashboard choose. */
export const CHOSEN = 'job=~"$job",instance=~"$instance"';

/** Per second, over what Grafana takes for the resolution of the plot and the interval of the scrapes. */
export const rate = (metric: string, matchers = ''): string =>
  `rate(${metric}{${CHOSEN}${matchers && `,${matchers}`}}[$__rate_interval])`;

/** A quantile of a histogram, by these labels. */
export const quantile = (q: number, histogram: string, by: readonly string[] = [], matchers = ''): string =>
  `histogram_quantile(${q}, sum by (${['le', ...by].join(', ')}) (${rate(`${histogram}_bucket`, matchers)}))`;
