import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { DASHBOARDS } from '../../tools/dashboards/index.ts';
import { filesIn, RUNBOOK_FOLDER, selectedBy } from './alert-rules.js';
import { readRootFile } from './container-files.js';
import { documentedSeries } from './documented-metrics.js';
import { ROOT } from './survey.js';

const FOLDER = 'deploy/observability/grafana';
const COLUMNS = 24;
/** Variables of the dashboard, as Grafana writes them. */
const [CHOSEN_DATASOURCE, CHOSEN_RUNBOOKS] = [`$\{datasource}`, `$\{runbooks}`];
const OF_TARGETS = ['job', 'instance'];

interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

interface RenderedPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly gridPos: GridPos;
  readonly links?: readonly { readonly url: string }[];
  readonly fieldConfig?: { readonly defaults: { readonly unit: string } };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string; readonly exemplar: boolean }[];
}

interface Rendered {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly RenderedPanel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
}

const files = filesIn(`${FOLDER}/dashboards/*.json`);
const read = (file: string): Rendered => JSON.parse(readRootFile(file)) as Rendered;
const overlaps = (one: GridPos, other: GridPos): boolean =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

const GROUPINGS = /\b(?:by|on|group_left)\s*\(([^)]*)\)/g;
const series = documentedSeries();

/** Metrics and labels that no service exposes: matchers, groupings and what a legend shows. */
function unknownIn(expr: string, legend = ''): string[] {
  const selected = selectedBy(expr);
  const missing = selected.map(({ metric }) => metric).filter((metric) => !series.has(metric));
  const known = new Set([...OF_TARGETS, ...selected.flatMap(({ metric }) => series.get(metric) ?? [])]);
  const grouped = [...expr.matchAll(GROUPINGS)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  );
  const shown = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  const labels = [...selected.flatMap((one) => one.labels), ...grouped, ...shown];
  return [...missing, ...labels.filter((label) => !known.has(label))];
}

describe('the dashboards of Grafana', () => {
  it('are those of the source, each with an id of its own', () => {
    expect(files.map((file) => basename(file, '.json'))).toEqual(DASHBOARDS.map(({ name }) => name).sort());
    expect(new Set(files.map((file) => read(file).uid)).size).toBe(files.length);
  });

  it.each(files)('%s has the structure that Grafana reads, and no two panels in one place', (file) => {
    const { schemaVersion, panels, templating } = read(file);

    expect(schemaVersion).toBeGreaterThanOrEqual(36);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(templating.list.map(({ name }) => name)).toEqual(['datasource', 'job', 'instance', 'runbooks']);
    for (const [place, { gridPos: own, title }] of panels.entries()) {
      expect(own.x + own.w).toBeLessThanOrEqual(COLUMNS);
      const others = panels.slice(place + 1).filter(({ gridPos }) => overlaps(own, gridPos));
      expect({ title, others: others.map((other) => other.title) }).toEqual({ title, others: [] });
    }
  });

  it.each(files)('%s says of each panel what it shows, in which unit, with legends and runbooks', (file) => {
    for (const panel of read(file).panels.filter(({ type }) => type !== 'row')) {
      expect(panel).toMatchObject({
        description: expect.stringMatching(/\.$/),
        datasource: { type: 'prometheus', uid: CHOSEN_DATASOURCE },
        fieldConfig: { defaults: { unit: expect.stringMatching(/^\w+$/) } },
      });
      expect(panel.targets?.length).toBeGreaterThan(0);
      for (const { legendFormat: legend } of panel.targets ?? []) expect(legend).not.toBe('');
      for (const { url } of panel.links ?? []) {
        expect(existsSync(resolve(ROOT, url.replace(CHOSEN_RUNBOOKS, RUNBOOK_FOLDER)))).toBe(true);
      }
    }
  });

  it.each(files)('%s selects, groups and shows what services expose, and nothing else', (file) => {
    const { panels, annotations } = read(file);
    const queries = panels.flatMap(({ targets = [] }) => targets);

    expect(queries.flatMap(({ expr, legendFormat }) => unknownIn(expr, legendFormat))).toEqual([]);
    expect(annotations.list.flatMap(({ expr }) => unknownIn(expr))).toEqual([]);
  });

  it('show the traces of requests in panels of durations', () => {
    const showing = files.flatMap((file) => read(file).panels).filter(({ targets }) => targets?.some(({ exemplar }) => exemplar)); // prettier-ignore

    expect(showing.length).toBeGreaterThanOrEqual(4);
    for (const { targets = [] } of showing) for (const { expr } of targets) expect(expr).toMatch(/_bucket\{/);
  });

  it.each([
    ['a metric', 'rate(http_requests_total{job=~"$job"}[$__rate_interval])', '', ['http_requests_total']],
    ['a matcher', 'unique_clients{region="eu"}', '', ['region']],
    ['a grouping', 'sum by (tenant) (unique_clients)', '', ['tenant']],
    ['a legend', 'unique_clients', '{{tenant}}', ['tenant']],
  ])('would be caught with %s that nobody exposes', (_, expr, legend, unknown) => {
    expect(unknownIn(expr, legend)).toEqual(unknown);
  });
});

describe('the provisioning of Grafana', () => {
  it('finds the dashboards and a Prometheus, and leads from an exemplar to its trace', () => {
    const { providers } = parse(readRootFile(`${FOLDER}/provisioning/dashboards/mainstay.yml`)) as {
      providers: readonly object[];
    };
    const { datasources } = parse(readRootFile(`${FOLDER}/provisioning/datasources/mainstay.yml`)) as {
      datasources: readonly { readonly type: string; readonly uid: string }[];
    };

    expect(providers).toMatchObject([{ type: 'file', options: { path: '/var/lib/grafana/dashboards' } }]);
    expect(datasources).toMatchObject([
      {
        type: 'prometheus',
        jsonData: { exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: datasources[1]?.uid }] },
      },
      { type: 'tempo' },
    ]);
  });
});
