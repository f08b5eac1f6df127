import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'yaml';
import { readRootFile } from './container-files.js';
import { ROOT } from './survey.js';

export const PROMETHEUS_FOLDER = 'deploy/observability/prometheus';
export const RUNBOOK_FOLDER = 'docs/runbooks/alerts';

/** What the tests ask of a rule; everything may be missing in a file that is wrong. */
export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Alert extends Rule {
  readonly alert: string;
}

/** What a test of promtool's says of one alert at one time. */
export interface Expectation {
  readonly alertname: string;
  readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[];
}

export const filesIn = (pattern: string): string[] => globSync(pattern, { cwd: ROOT }).sort();

const parsed = <T>(pattern: string): T[] => filesIn(pattern).map((file) => parse(readRootFile(file)) as T);

export const readRules = (): Rule[] =>
  parsed<{ groups: { rules: Rule[] }[] }>(`${PROMETHEUS_FOLDER}/rules/*.yml`).flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules),
  );

export const alertsAmong = (rules: readonly Rule[]): Alert[] =>
  rules.filter((rule): rule is Alert => rule.alert !== undefined);

export const readExpectations = (): Expectation[] =>
  parsed<{ tests: { alert_rule_test?: Expectation[] }[] }>(`${PROMETHEUS_FOLDER}/tests/*.yml`).flatMap(({ tests }) =>
    tests.flatMap(({ alert_rule_test: expectations = [] }) => expectations),
  );

/** Whether a test expects this very rule to fire: of several with one name, the one with its labels. */
export const expectsFiring = ({ alert, labels = {} }: Alert, { alertname, exp_alerts: firing }: Expectation): boolean =>
  alertname === alert &&
  firing.some(({ exp_labels: seen }) => Object.entries(labels).every(([name, value]) => seen[name] === value));

/** Names of alerts for which there is a runbook. */
export const runbookNames = (): string[] => filesIn(`${RUNBOOK_FOLDER}/*`).map((file) => basename(file, '.md'));

/** The queries that a runbook tells to look at, each a line. */
export const queriesIn = (runbook: string): string[] =>
  [...readRootFile(`${RUNBOOK_FOLDER}/${runbook}.md`).matchAll(/```promql\n([^`]*)```/g)].flatMap(([, queries = '']) =>
    queries.trim().split('\n'),
  );

/** A series that an expression selects. */
export interface Selected {
  readonly metric: string;
  /** The labels that its matchers name. */
  readonly labels: readonly string[];
}

const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'bool', 'Inf', 'NaN']);
const GROUPINGS = /\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;
const RANGES = /\[[^\]]*\]|\boffset\s+\w+/g;
/** A name that is not called, and its matchers. */
const SELECTORS = /(?<![\w:.])([a-zA-Z_:][\w:]*)(?!\s*\()(?![\w:])\s*(?:\{([^}]*)\})?/g;

/** What a PromQL expression selects: enough of the language for our rules. */
export const selectedBy = (expr: string): Selected[] =>
  [...expr.replaceAll(GROUPINGS, ' ').replaceAll(RANGES, ' ').matchAll(SELECTORS)]
    .map(([, metric = '', matchers = '']) => ({
      metric,
      labels: [...matchers.matchAll(/(\w+)\s*[=!]~?/g)].map(([, label = '']) => label),
    }))
    .filter(({ metric }) => !KEYWORDS.has(metric));
