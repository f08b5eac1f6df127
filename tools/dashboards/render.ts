import type { Dashboard, Panel } from './dashboard.ts';

const COLUMNS = 24;
const PANEL_HEIGHT = 8;
const SCHEMA_VERSION = 38;
/** Variables of the dashboard, as Grafana writes them. */
const DATASOURCE = { type: 'prometheus', uid: `$\{datasource}` };
const RUNBOOKS = `$\{runbooks}`;

/** One dashboard as Grafana's file provisioning reads it (schema version 38: Grafana 10 and later). */
export function renderDashboard({ name, title, description, rows }: Dashboard): object {
  let [id, y] = [0, 0];
  const nextId = (): number => (id += 1);
  const panels = rows.flatMap((row) => {
    const head = {
      ...{ id: nextId(), type: 'row', title: row.title, collapsed: false, panels: [] },
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
    };
    y += 1;
    let x = 0;
    const inRow = row.panels.map((panel) => {
      const { width = 8 } = panel;
      if (x + width > COLUMNS) [x, y] = [0, y + PANEL_HEIGHT];
      const gridPos = { x, y, w: width, h: PANEL_HEIGHT };
      x += width;
      return { id: nextId(), gridPos, ...renderPanel(panel) };
    });
    y += PANEL_HEIGHT;
    return [head, ...inRow];
  });
  return {
    ...{
      uid: `mainstay-${name}`,
      title,
      description,
      tags: ['mainstay'],
      editable: false,
      schemaVersion: SCHEMA_VERSION,
    },
    ...{ refresh: '30s', time: { from: 'now-1h', to: 'now' }, timezone: 'browser', graphTooltip: 1 },
    annotations: { list: [STARTS] },
    links: [{ type: 'dashboards', title: 'Mainstay', tags: ['mainstay'], asDropdown: false, includeVars: true, keepTime: true }], // prettier-ignore
    templating: { list: VARIABLES },
    panels,
  };
}

function renderPanel(panel: Panel): object {
  const { title, description, unit, queries, kind = 'timeseries', exemplars = false, limit, alerts = [] } = panel;
  const steps = [{ color: 'green', value: null }, ...(limit === undefined ? [] : [{ color: 'red', value: limit }])];
  return {
    ...{ title, description, datasource: DATASOURCE, type: kind === 'state' ? 'state-timeline' : kind },
    links: alerts.map((alert) => ({ title: `Runbook: ${alert}`, url: `${RUNBOOKS}/${alert}.md`, targetBlank: true })),
    fieldConfig: {
      defaults: {
        ...{ unit, min: 0, thresholds: { mode: 'absolute', steps } },
        ...(kind === 'timeseries' && {
          custom: { lineWidth: 1, fillOpacity: 10, showPoints: 'never', thresholdsStyle: { mode: limit === undefined ? 'off' : 'line' } }, // prettier-ignore
        }),
      },
      overrides: [],
    },
    options:
      kind === 'timeseries'
        ? { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } }
        : {},
    targets: queries.map(([expr, legend], index) => ({
      ...{ refId: String.fromCharCode('A'.charCodeAt(0) + index), datasource: DATASOURCE, editorMode: 'code' },
      ...{ expr, legendFormat: legend, range: kind !== 'stat', instant: kind === 'stat', exemplar: exemplars },
    })),
  };
}

/** A mark for each start of a process, restarts and deployments alike, with the build that it is. */
export const STARTS = {
  ...{ name: 'Starts', enable: true, iconColor: 'blue', datasource: DATASOURCE },
  expr:
    '1000 * process_start_time_seconds{job=~"$job",instance=~"$instance"} ' +
    '* on (job, instance) group_left (version, commit) build_info',
  ...{ step: '60s', useValueForTime: 'on', titleFormat: '{{job}} {{instance}} started' },
  ...{ textFormat: 'version {{version}}, commit {{commit}}', tagKeys: 'version' },
};

const everyOf = (name: string, label: string, query: string): object => ({
  ...{ name, label, type: 'query', datasource: DATASOURCE, definition: query, query: { query, refId: name } },
  ...{ refresh: 2, includeAll: true, multi: true, allValue: '.+', sort: 1, current: { text: 'All', value: '$__all' } },
});

const VARIABLES = [
  { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', current: {} },
  everyOf('job', 'Service', 'label_values(build_info, job)'),
  everyOf('instance', 'Replica', 'label_values(build_info{job=~"$job"}, instance)'),
  {
    ...{ name: 'runbooks', label: 'Runbooks are at', type: 'textbox' },
    ...{ query: '/runbooks', current: { text: '/runbooks', value: '/runbooks' } },
  },
];
