import { readRootFile } from './container-files.js';

/** What the page says of the values of a label: all of them, or their form. */
export type DocumentedValues = ReadonlySet<string> | RegExp;

export interface DocumentedMetric {
  readonly type: string;
  readonly labels: ReadonlyMap<string, DocumentedValues>;
  /** Where it is exposed, when not everywhere; the sentence of the page. */
  readonly only: string | null;
}

const METRIC_ROW = /^\| `(\w+)` \| (counter|gauge|histogram) \| (?:\w+)? ?\| (.*) \| [^|]*\|$/;
const LABEL_ROW = /^\| `(\w+)` \| `(\w+)` \| (.*) \|$/;

/** `docs/metrics.md`, which is generated from the code, and held against what running services expose. */
export function documentedMetrics(): ReadonlyMap<string, DocumentedMetric> {
  const lines = readRootFile('docs/metrics.md').split('\n');
  const labels = lines.flatMap((line) => {
    const [, metric = '', label = '', values = ''] = LABEL_ROW.exec(line) ?? [];
    return metric === '' ? [] : [{ metric, label, values: valuesIn(values) }];
  });
  return new Map(
    lines.flatMap((line): [string, DocumentedMetric][] => {
      const [, name, type = '', meaning = ''] = METRIC_ROW.exec(line) ?? [];
      if (name === undefined) return [];
      const own = labels.filter(({ metric }) => metric === name);
      const [only = null] = /Only [^.]*\.$/.exec(meaning) ?? [];
      return [[name, { type, only, labels: new Map(own.map(({ label, values }) => [label, values])) }]];
    }),
  );
}

function valuesIn(cell: string): DocumentedValues {
  const [, form] = /: `\/(.+)\/i?`$/.exec(cell.replaceAll('\\|', '|')) ?? [];
  if (form !== undefined) return new RegExp(form, 'i');
  return new Set([...cell.matchAll(/`([^`]+)`/g)].map(([, value = '']) => value));
}

/** The labels of each series, by its name: a histogram is three, and one of them has the label `le`. */
export const documentedSeries = (): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...documentedMetrics()].flatMap(([name, { type, labels }]): [string, readonly string[]][] => {
      const names = [...labels.keys()];
      if (type !== 'histogram') return [[name, names]];
      return [
        [`${name}_bucket`, [...names, 'le']],
        [`${name}_count`, names],
        [`${name}_sum`, names],
      ];
    }),
  );
