/** What bounds a label: all its values; or what they are taken from, and the form that each of them has. */
export type LabelBound = readonly string[] | { readonly of: string; readonly form: RegExp };

export type Labels = Readonly<Record<string, LabelBound>>;

export type MetricType = 'counter' | 'gauge' | 'histogram';

/** The base units of Prometheus that occur here; without one it is a number of things. */
export type Unit = 'seconds' | 'bytes';

/** What a concern says of a metric of its own. */
export interface MetricDeclaration {
  readonly name: string;
  readonly help: string;
  /** Each with its bound: a label that a client can fill is a way to fill the memory of Prometheus. */
  readonly labels?: Labels;
  /** Where it is exposed, when not everywhere: in Markdown, after "only". */
  readonly only?: string;
}

export interface DescribedMetric extends Required<Omit<MetricDeclaration, 'only'>> {
  readonly type: MetricType;
  readonly unit: Unit | null;
  readonly only: string | null;
}

const catalogue = new Map<string, DescribedMetric>();

/** Notes a declaration for the documentation. Of one name the latest counts: a process that is put together twice. */
export function describeMetric(type: MetricType, declaration: MetricDeclaration): void {
  const { name, labels = {}, only = null } = declaration;
  catalogue.set(name, { ...declaration, type, labels, only, unit: unitOf(name) });
}

/** Every metric that the modules which have been imported declare, by name. */
export const describedMetrics = (): DescribedMetric[] =>
  [...catalogue.values()].sort((one, other) => (one.name < other.name ? -1 : 1));

/** By the naming rules of Prometheus the unit is the last word, save for `_total`. */
const unitOf = (name: string): Unit | null => {
  const [, unit] = /_(seconds|bytes)(?:_total)?$/.exec(name) ?? [];
  return (unit as Unit | undefined) ?? null;
};
