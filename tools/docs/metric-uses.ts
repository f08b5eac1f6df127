import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DASHBOARDS } from '../dashboards/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const OBSERVABILITY = 'deploy/observability';

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
}

/** Something with a query, and the link to it from `docs/`. */
interface User {
  readonly link: string;
  readonly words: ReadonlySet<string>;
}

const wordsOf = (expressions: readonly string[]): Set<string> =>
  new Set(expressions.flatMap((expression) => [...expression.matchAll(/[a-zA-Z_:][\w:]*/g)].map(([word]) => word)));

const filesIn = (pattern: string): string[] => globSync(`${OBSERVABILITY}/${pattern}`, { cwd: ROOT }).sort();
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const rulesOfPrometheus = (): Rule[] =>
  filesIn('prometheus/rules/*.yml').flatMap((file) =>
    (parse(read(file)) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules),
  );

function users(rules: readonly Rule[]): User[] {
  const recorded = new Map(rules.map(({ record, expr }) => [record, expr]));
  const expanded = (words: Set<string>): Set<string> =>
    words.union(wordsOf([...words].flatMap((word) => recorded.get(word) ?? [])));
  const names = [...new Set(rules.flatMap(({ alert }) => alert ?? []))];
  const alerts = names.map((name) => {
    const own = rules.filter(({ alert }) => alert === name).map(({ expr }) => expr);
    return { link: `[${name}](runbooks/alerts/${name}.md)`, words: expanded(wordsOf(own)) };
  });
  const dashboards = DASHBOARDS.map(({ name, rows: parts }) => {
    const expressions = parts.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map(([expr]) => expr)));
    const file = `${OBSERVABILITY}/grafana/dashboards/${name}.json`;
    return { link: `[dashboard ${name}](../${file})`, words: expanded(wordsOf(expressions)) };
  });
  return [...alerts, ...dashboards];
}

/** Tells which alerts and dashboards select a metric, by its own name or that of one of a histogram's series. */
export function metricUses(): (name: string) => readonly string[] {
  const all = users(rulesOfPrometheus());
  return (name) => {
    const series = ['', '_bucket', '_count', '_sum'].map((suffix) => name + suffix);
    return all.filter(({ words }) => series.some((one) => words.has(one))).map(({ link }) => link);
  };
}
