// Writes what the documentation takes from the code, or checks that it is as written:
//   node tools/docs.ts --write | --check
// It needs the build, because Node strips types but does not run decorators.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { ServiceDefinition } from '#platform/bootstrap';
import { DASHBOARDS, renderDashboard } from './dashboards/index.ts';
import { metricUses } from './docs/metric-uses.ts';
import { renderRunbookIndex, RUNBOOK_INDEX } from './docs/runbook-index.ts';
import { PROMETHEUS_RULE, renderPrometheusRule } from './kubernetes/prometheus-rule.ts';

const ROOT = join(import.meta.dirname, '..');

interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

const built = (path: string): Promise<unknown> => import(pathToFileURL(join(ROOT, 'dist', path)).href);

/** `.env.example` and the configuration page, from the settings that the built services have. */
async function settingsReference(ofBoth: ReadonlySet<string>): Promise<readonly GeneratedFile[]> {
  const config = (await built('libs/platform/config/index.js')) as typeof import('#platform/config');
  const sections = config.describeSettings().map((section) => {
    return ofBoth.has(section.section) ? section : { ...section, onlyOf: 'store' };
  });
  return config.renderReference(sections);
}

const metricsModule = async () => (await built('libs/platform/metrics/index.js')) as typeof import('#platform/metrics');

async function metricsReference(ofBoth: ReadonlySet<string>): Promise<GeneratedFile> {
  const { describedMetrics, renderMetricsReference } = await metricsModule();
  const usesOf = metricUses();
  const metrics = describedMetrics().map((metric) => ({
    ...metric,
    onlyOf: ofBoth.has(metric.name) ? null : 'store',
    usedBy: usesOf(metric.name),
  }));
  return { path: 'docs/metrics.md', content: renderMetricsReference(metrics) };
}

async function dashboards(): Promise<readonly GeneratedFile[]> {
  return Promise.all(
    DASHBOARDS.map(async (dashboard) => {
      const path = `deploy/observability/grafana/dashboards/${dashboard.name}.json`;
      return { path, content: await formatted(path, renderDashboard(dashboard)) };
    }),
  );
}

async function formatted(path: string, value: object): Promise<string> {
  return format(JSON.stringify(value), { ...(await resolveConfig(join(ROOT, path))), parser: 'json' });
}

/** Names of sections of settings, and of metrics. */
interface OfBoth {
  readonly sections: ReadonlySet<string>;
  readonly metrics: ReadonlySet<string>;
}

/** Importing a service declares what it has: after the recommender, and before the store, this is what both have. */
async function declaredByBoth(): Promise<OfBoth> {
  await built('libs/platform/bootstrap/index.js'); // and with it what the platform itself reads
  await built('apps/recommender/src/recommender.module.js');
  const config = (await built('libs/platform/config/index.js')) as typeof import('#platform/config');
  const { describedMetrics } = await metricsModule();
  return {
    sections: new Set(config.describeSettings().map(({ section }) => section)),
    metrics: new Set(describedMetrics().map(({ name }) => name)),
  };
}

async function errorCatalogue(): Promise<GeneratedFile> {
  const kernel = (await built('libs/kernel/app-error.js')) as typeof import('#kernel/app-error');
  const errors = (await built('libs/platform/errors/index.js')) as typeof import('#platform/errors');
  return { path: 'docs/errors.md', content: errors.renderErrorCatalogue(kernel.errorCatalogue()) };
}

async function definitions(): Promise<readonly ServiceDefinition[]> {
  const { store } = (await built(
    'apps/store/src/store.definition.js',
  )) as typeof import('../apps/store/src/store.definition.ts');
  const { recommender } = (await built(
    'apps/recommender/src/recommender.definition.js',
  )) as typeof import('../apps/recommender/src/recommender.definition.ts');
  return [store, recommender];
}

/** The document as the service serves it: the same composition, without a listener and without a database. */
async function openApi(definition: ServiceDefinition): Promise<GeneratedFile> {
  const { createService } = (await built('libs/platform/bootstrap/index.js')) as typeof import('#platform/bootstrap');
  const { loadSettings } = (await built('libs/platform/config/index.js')) as typeof import('#platform/config');
  const { pino } = await import('pino');
  const settings = loadSettings({ NODE_ENV: 'test' });
  const { app, document } = await createService(definition, settings, pino({ level: 'silent' }));
  const path = definition.name === 'store' ? 'docs/openapi.json' : `docs/openapi.${definition.name}.json`;
  const content = await formatted(path, await document());
  await app.close();
  return { path, content };
}

/** One after the other: each is a whole service in this process. */
async function openApiOfAll(): Promise<readonly GeneratedFile[]> {
  const files: GeneratedFile[] = [];
  for (const definition of await definitions()) files.push(await openApi(definition));
  return files;
}

async function stale(files: readonly GeneratedFile[]): Promise<readonly GeneratedFile[]> {
  const checks = files.map(async (file) => {
    const present = await readFile(join(ROOT, file.path), 'utf8').catch(() => null);
    return present === file.content ? [] : [file];
  });
  return (await Promise.all(checks)).flat();
}

async function write({ path, content }: GeneratedFile): Promise<void> {
  await mkdir(dirname(join(ROOT, path)), { recursive: true });
  await writeFile(join(ROOT, path), content);
}

async function main(mode: string | undefined): Promise<number> {
  if (mode !== '--write' && mode !== '--check') {
    console.error('usage: node tools/docs.ts --write | --check');
    return 2;
  }
  const ofBoth = await declaredByBoth();
  await built('apps/store/src/store.module.js'); // declares all settings and errors that the store has
  const files = await stale([
    ...(await settingsReference(ofBoth.sections)),
    await errorCatalogue(),
    await metricsReference(ofBoth.metrics),
    ...(await dashboards()),
    { path: RUNBOOK_INDEX, content: renderRunbookIndex() },
    { path: PROMETHEUS_RULE, content: await renderPrometheusRule() },
    ...(await openApiOfAll()),
  ]);
  if (mode === '--write') await Promise.all(files.map(write));
  for (const { path } of files) console.log(mode === '--write' ? `written: ${path}` : `stale: ${path} (npm run docs)`);
  return mode === '--check' && files.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv[2]);
