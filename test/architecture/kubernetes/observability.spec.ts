import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { PROMETHEUS_RULE, renderPrometheusRule } from '../../../tools/kubernetes/prometheus-rule.js';
import { filesIn, PROMETHEUS_FOLDER } from '../alert-rules.js';
import { readRootFile } from '../container-files.js';
import { KUBERNETES_FOLDER, OVERLAYS, renderAll } from './kustomize.js';
import { allOf, containerOf, oneOf, podOf, type Labels } from './manifests.js';

interface PrometheusConfiguration {
  readonly global: { readonly scrape_interval: string; readonly scrape_timeout: string };
  readonly scrape_configs: readonly { readonly job_name: string; readonly metrics_path: string }[];
}
const prometheus = parse(readRootFile(`${PROMETHEUS_FOLDER}/prometheus.yml`)) as PrometheusConfiguration;
const covers = (selector: Labels, labels: Labels = {}): boolean =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);

describe.each(OVERLAYS)('what the Prometheus Operator is told in %s', (overlay) => {
  const manifests = renderAll(overlay);
  const monitors = allOf('ServiceMonitor', manifests);
  const services = allOf('Deployment', manifests).map(({ metadata }) => metadata.name);

  const targetsOf = (monitor: (typeof monitors)[number]) =>
    allOf('Service', manifests).filter(({ metadata }) =>
      covers(monitor.spec?.selector.matchLabels ?? {}, metadata.labels),
    );

  it('names the jobs as the rules and the dashboards know them, one for each service', () => {
    const jobs = monitors.flatMap((monitor) =>
      targetsOf(monitor).map(({ metadata }) => metadata.labels?.[monitor.spec?.jobLabel ?? ''] ?? metadata.name),
    );

    expect(jobs.sort()).toEqual(services.sort());
    for (const job of jobs) expect(prometheus.scrape_configs.map(({ job_name: name }) => name)).toContain(job);
  });

  it.each(services)('has the management port of each replica of the %s scraped, and not its Service', (name) => {
    const monitor = oneOf('ServiceMonitor', manifests, `${name}-management`);
    const [service] = targetsOf(monitor);
    const pod = podOf(manifests, name);
    const [port] = service?.spec?.ports ?? [];

    expect(service?.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(covers(service?.spec?.selector ?? {}, pod.labels)).toBe(true);
    expect(monitor.spec?.endpoints.map((endpoint) => endpoint.port)).toEqual([port?.name]);
    expect(containerOf(pod).ports).toContainEqual({ name: port?.targetPort, containerPort: 9090 });
  });

  it('has them scraped as often as the rules count on', () => {
    const { scrape_interval: interval, scrape_timeout: scrapeTimeout } = prometheus.global;
    const [path] = new Set(prometheus.scrape_configs.map(({ metrics_path: metricsPath }) => metricsPath));

    for (const { spec } of monitors)
      expect(spec?.endpoints).toEqual([{ port: 'management', path, interval, scrapeTimeout }]);
  });

  it('evaluates the very groups of deploy/observability', () => {
    const groups = filesIn(`${PROMETHEUS_FOLDER}/rules/*.yml`).flatMap(
      (file) => (parse(readRootFile(file)) as { groups: { name: string }[] }).groups,
    );

    expect(oneOf('PrometheusRule', manifests, 'mainstay').spec?.groups).toEqual(groups);
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
  });
});

describe('the rules for the Prometheus Operator', () => {
  it('are as `npm run docs` writes them', async () => {
    expect(readRootFile(PROMETHEUS_RULE)).toBe(await renderPrometheusRule());
  });
});

describe('the example for prometheus-adapter', () => {
  it('gives the metric that the autoscalers ask for', () => {
    const values = parse(readRootFile(`${KUBERNETES_FOLDER}/examples/prometheus-adapter.values.yaml`)) as {
      rules: { custom: { seriesQuery: string; name: { as: string } }[] };
    };
    const asked = OVERLAYS.flatMap((overlay) => allOf('HorizontalPodAutoscaler', renderAll(overlay))).flatMap(
      ({ spec }) => (spec?.metrics ?? []).flatMap(({ pods }) => pods?.metric.name ?? []),
    );

    expect(values.rules.custom.map(({ name }) => name.as)).toEqual([...new Set(asked)]);
    for (const { seriesQuery, name } of values.rules.custom) expect(seriesQuery).toContain(`${name.as}{`);
  });
});
