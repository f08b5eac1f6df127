import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { describeWith, type Program } from '#platform/testing';
import {
  alertsAmong,
  expectsFiring,
  filesIn,
  PROMETHEUS_FOLDER,
  queriesIn,
  readExpectations,
  readRules,
  RUNBOOK_FOLDER,
  runbookNames,
  selectedBy,
  type Rule,
} from './alert-rules.js';
import { readCompose, readRootFile } from './container-files.js';
import { documentedSeries } from './documented-metrics.js';
import { ROOT } from './survey.js';

const PROMTOOL: Program = { command: 'promtool', debianPackage: 'prometheus' };
/** Days of samples are gone through: some seconds, and more on a machine that does something else. */
const PROMTOOL_TIMEOUT_MS = 300_000;

/** What Prometheus knows of each target by itself. */
const TARGET_LABELS = ['job', 'instance'];
const TARGET_METRICS: ReadonlySet<string> = new Set([
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
]);

const rules = readRules();
const alerts = alertsAmong(rules);
const expectations = readExpectations();
const names = [...new Set(alerts.map(({ alert }) => alert))];

describeWith(PROMTOOL, 'Prometheus', () => {
  const promtool = (...args: string[]) => {
    const { status, stdout, stderr, error } = spawnSync(PROMTOOL.command, args, {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: PROMTOOL_TIMEOUT_MS,
    });
    return { status, said: `${stdout}${stderr}${error?.message ?? ''}` };
  };
  /** What went wrong, or null. */
  const faultOf = ({ status, said }: ReturnType<typeof promtool>): string | null => (status === 0 ? null : said);

  it('takes the configuration', () => {
    expect(faultOf(promtool('check', 'config', `${PROMETHEUS_FOLDER}/prometheus.yml`))).toBeNull();
  });

  it('takes the rules, none of them twice', () => {
    const files = filesIn(`${PROMETHEUS_FOLDER}/rules/*`);

    expect(faultOf(promtool('check', 'rules', '--lint=all', '--lint-fatal', ...files))).toBeNull();
  });

  it(
    'raises the alerts when it should, and only then',
    () => {
      expect(faultOf(promtool('test', 'rules', ...filesIn(`${PROMETHEUS_FOLDER}/tests/*`)))).toBeNull();
    },
    PROMTOOL_TIMEOUT_MS,
  );
});

describe('the configuration of Prometheus', () => {
  interface Job {
    readonly job_name: string;
    readonly metrics_path: string;
    readonly dns_sd_configs: readonly { readonly names: readonly string[]; readonly port: number }[];
  }
  const { scrape_configs: jobs } = parse(readRootFile(`${PROMETHEUS_FOLDER}/prometheus.yml`)) as {
    scrape_configs: readonly Job[];
  };

  it('scrapes the management port of both services, by the names that Compose gives them', () => {
    for (const { job_name: job, metrics_path: path, dns_sd_configs: discoveries } of jobs) {
      expect([path, discoveries]).toEqual(['/metrics', [expect.objectContaining({ names: [job], port: 9090 })]]);
      expect(readCompose().services).toHaveProperty(job);
    }
    expect(jobs.map(({ job_name: job }) => job)).toEqual(['store', 'recommender']);
  });
});

describe.each(names)('the alert %s', (name) => {
  const own = alerts.filter(({ alert }) => alert === name);

  it('says how urgent it is, what is wrong with whom, how long it waits, and where to go on', () => {
    for (const rule of own) {
      expect(rule.for).toMatch(/^\d+m$/);
      expect(rule.labels?.['severity']).toMatch(/^(page|ticket)$/);
      expect(rule.annotations).toEqual({
        summary: expect.stringContaining('{{ $labels.job }}'),
        description: expect.stringContaining('{{ $labels.job }}'),
        runbook: `${RUNBOOK_FOLDER}/${name}.md`,
      });
    }
  });

  it('has a runbook', () => {
    expect(readRootFile(`${RUNBOOK_FOLDER}/${name}.md`)).toMatch(new RegExp(`^# ${name}\n`));
  });

  it('is seen to fire by a test, each rule of it, and not to fire by another', () => {
    const unseen = own.filter((rule) => !expectations.some((expectation) => expectsFiring(rule, expectation)));
    const silent = expectations.filter(
      ({ alertname, exp_alerts: firing }) => alertname === name && firing.length === 0,
    );

    expect(unseen).toEqual([]);
    expect(silent).not.toEqual([]);
  });
});

describe('the rules of Prometheus', () => {
  const declared = documentedSeries();
  const recorded = new Set(rules.flatMap(({ record }) => record ?? []));

  /** What no service exposes: names of metrics, and labels that a metric does not have. */
  const unknownIn = ({ expr }: Pick<Rule, 'expr'>): string[] =>
    selectedBy(expr).flatMap(({ metric, labels }) => {
      if (recorded.has(metric)) return [];
      const known = TARGET_METRICS.has(metric) ? [] : declared.get(metric);
      if (known === undefined) return [metric];
      return labels
        .filter((label) => ![...known, ...TARGET_LABELS].includes(label))
        .map((label) => `${metric}.${label}`);
    });

  it('leave no runbook without an alert', () => {
    expect(runbookNames()).toEqual([...names].sort());
  });

  it('select what a service exposes, and nothing else', () => {
    expect(rules.flatMap((rule) => unknownIn(rule))).toEqual([]);
  });

  it('select what a service exposes also in the runbooks, each of which has queries', () => {
    const queries = names.map((name) => queriesIn(name));

    expect(queries.filter(({ length }) => length === 0)).toEqual([]);
    expect(queries.flat().flatMap((expr) => unknownIn({ expr }))).toEqual([]);
  });

  it('use all that they record', () => {
    const selected = new Set(rules.flatMap(({ expr }) => selectedBy(expr).map(({ metric }) => metric)));

    expect([...recorded].filter((record) => !selected.has(record))).toEqual([]);
  });

  it.each([
    ['a metric that nobody declares', 'sum by (job) (rate(http_requests_total[5m])) > 1', ['http_requests_total']],
    [
      'a histogram without its suffix',
      'http_server_request_duration_seconds > 1',
      ['http_server_request_duration_seconds'],
    ],
    [
      'a label that it has not',
      'up == 1 and outbox_dead_events{queue!="a"} offset 5m > 0',
      ['outbox_dead_events.queue'],
    ],
  ])('would be caught with %s', (_, expr, unknown) => {
    expect(unknownIn({ expr })).toEqual(unknown);
  });
});
