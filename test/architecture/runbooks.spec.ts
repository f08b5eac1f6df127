import { describe, expect, it } from '@jest/globals';
import { errorCatalogue } from '#kernel/app-error';
import { LEVEL_BY_KIND, runbookOf } from '#platform/errors';
import { filesIn, selectedBy } from './alert-rules.js';
import { readRootFile } from './container-files.js';
import { documentedSeries } from './documented-metrics.js';
import { blocksOf, documentPaths, linksIn, namesInTable } from './documents.js';
import { managementRoutes } from './management-routes.js';
import '../../apps/recommender/src/recommender.module.js';
import '../../apps/store/src/store.module.js';

const INDEX = 'docs/runbooks/README.md';
const SECTIONS = ['Impact.', 'First look', 'Likely causes', 'Mitigation', 'Escalation.'];

const runbooks = filesIn('docs/runbooks/**/*.md').filter((path) => path !== INDEX);
/** Of what somebody does, and not of what happens. */
const PROCEDURES = ['docs/runbooks/rollback.md'];
const codePages = runbooks.filter((path) => !path.includes('/alerts/') && !PROCEDURES.includes(path));
/** What tells somebody to type something. */
const guiding = documentPaths().filter((path) => !/CHANGELOG|docs\/decisions/.test(path));

const scripts = (JSON.parse(readRootFile('package.json')) as { scripts: Readonly<Record<string, string>> }).scripts;
const settings = new Set(
  [...readRootFile('.env.example').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name),
);
const metrics = documentedSeries();
const TARGET_LABELS = ['job', 'instance', 'alertname', 'alertstate', 'severity'];
/** They stand in pages, and are no settings of the service. */
const OTHER_VARIABLES = new Set([
  ...['INSTANCE', 'ADMIN_URL', 'PRODUCT_ID', 'PUBLIC_ADDRESS'], // of the reader's shell
  ...['STORE_BIND', 'STORE_OPERATIONS_BIND'], // of the balancers' configurations
  ...['ALERT_PAGE_WEBHOOK_URL_FILE', 'ALERT_TICKET_WEBHOOK_URL_FILE'], // of docker-compose.yml
  ...['TEST_DATABASE_URL', 'AUDIT_REQUIRED', 'OPERATIONS_PICTURES'], // of the tests and tools
  ...['VERIFY_DATABASE_URL', 'VERIFY_REDIS_URL', 'VERIFY_NATS_URL'],
  'NODE_PATH', // of Node
  'DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_HTTP_ENDPOINT', // of Datadog's agent
  ...['TRACES_HEADERS', 'COMPRESSION', 'CERTIFICATE', 'CLIENT_CERTIFICATE', 'CLIENT_KEY'].map(
    (name) => `OTEL_EXPORTER_OTLP_${name}`, // of OpenTelemetry's exporter, which reads them by itself
  ),
  ...[
    'SERVICE_URL',
    'PROMETHEUS_URL',
    'IMAGE_REF',
    'SIGNER_ISSUER',
    'ALERT_MATCHERS',
    'TARGET_MATCHERS',
    'REHEARSE_FROM',
  ], // of deploy/pipeline, and of its rehearsal
  'ON_ERROR_STOP', // of psql
  ...['NODE_EXTRA_CA_CERTS', 'NODE_PRESERVE_SYMLINKS'], // of Node.js
]);
/** What Prometheus knows by itself, of each target and of its rules. */
const TARGET_METRICS = new Set([
  'ALERTS',
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
]);

const absentScripts = (text: string): string[] =>
  [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name).filter((name) => !(name in scripts));

const absentRoutes = (text: string): string[] =>
  [...text.matchAll(/(?:\$INSTANCE|:9090)(\/[\w/-]*)/g)]
    .map(([, path = '']) => path)
    .filter((path) => !managementRoutes().includes(path));

const absentSettings = (text: string): string[] =>
  [...text.matchAll(/(?<![\w:/-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w:])/g)]
    .map(([name]) => name)
    .filter((name) => !settings.has(name.replace(/_FILE$/, '')) && !settings.has(name) && !OTHER_VARIABLES.has(name));

/** In a query: the metric, or a label that it has not. */
const absentSeries = (query: string): string[] =>
  selectedBy(query).flatMap(({ metric, labels }) => {
    const known = TARGET_METRICS.has(metric) ? [] : metrics.get(metric);
    if (!known) return [metric];
    return labels.filter((label) => ![...known, ...TARGET_LABELS].includes(label)).map((label) => `${metric}.${label}`);
  });

/** In the text, by their suffix. */
const absentMetrics = (text: string): string[] =>
  [...text.matchAll(/`([a-z]+(?:_[a-z0-9]+)*_(?:total|seconds|bytes|events|connections|state))(?:\{[^`]*)?`/g)]
    .map(([, name = '']) => name)
    .filter((name) => !metrics.has(name) && !metrics.has(`${name}_count`));

const LOG_FIELDS = new Set(namesInTable('field', readRootFile('docs/guides/logging.md')));
const ERROR_FIELDS = ['message', 'cause', 'code', 'type', 'stack', 'errors'];

/** In a command for jq: the fields that it asks a line for. */
const absentFields = (text: string): string[] =>
  [...text.matchAll(/fromjson\?([^']*)'/g)]
    .flatMap(([, program = '']) => {
      const bare = program.replaceAll(/"(?:\\\(|[^"\\])*"/g, (literal) =>
        [...literal.matchAll(/\\\(([^)]*)\)/g)].map(([, part = '']) => part).join(' '),
      );
      const picked = [...bare.matchAll(/\{([\w, ]+)\}/g)].flatMap(([, names = '']) => names.split(/,\s*/));
      return [...picked, ...[...bare.matchAll(/\.([a-z]\w*)/gi)].map(([, name = '']) => name)];
    })
    .filter((name) => !LOG_FIELDS.has(name) && !ERROR_FIELDS.includes(name));

describe.each(codePages)('the runbook %s', (path) => {
  const text = readRootFile(path);
  const code = path.replace(/^.*\/|\.md$/g, '');

  it('begins with its code, its level and its status', () => {
    const fact = errorCatalogue().find((each) => each.code === code);
    const level = fact && LEVEL_BY_KIND[fact.kind];

    expect(text).toMatch(new RegExp(`^# ${code}\n\n\\*\\*${level ?? '?'}, \\d{3}\\.\\*\\* \\w`, 'i'));
  });

  it('looks first at the health, at the lines with that code, and at metrics', () => {
    const [commands = ''] = blocksOf('sh', text);

    expect(commands).toContain('curl -s "http://$INSTANCE/health"');
    expect(commands).toContain(`select(.errorCode == "${code}"`);
    expect(blocksOf('promql', text)).toHaveLength(1);
  });
});

describe('the runbooks', () => {
  it.each(runbooks)('%s has all its parts, in order', (path) => {
    const text = readRootFile(path);
    const found = [...text.matchAll(/^\*\*([A-Z][a-z ]+\.?)\*\*/gm)].map(([, section = '']) => section);

    expect(found.filter((section) => SECTIONS.includes(section))).toEqual(SECTIONS);
  });

  it('are one for each error that is logged above info, and for no other', () => {
    const needed = errorCatalogue().flatMap((fact) => runbookOf(fact) ?? []);

    expect(codePages).toEqual(needed.map((page) => `docs/${page}`));
  });

  it('are all in the index', () => {
    const linked = linksIn(INDEX).map(({ target }) => `docs/runbooks/${target}`);

    expect(runbooks.filter((path) => !linked.includes(path))).toEqual([]);
  });
});

describe.each(guiding)('whoever follows %s', (path) => {
  const text = readRootFile(path);

  it('types commands that there are, at routes that there are', () => {
    expect([absentScripts(text), absentRoutes(text)]).toEqual([[], []]);
  });

  it('sets what there is to be set', () => {
    expect(absentSettings(text)).toEqual([]);
  });

  it('asks for metrics that there are, and for fields that lines have', () => {
    const queries = blocksOf('promql', text).flatMap((block) => block.trim().split('\n'));

    expect(queries.flatMap(absentSeries)).toEqual([]);
    expect([absentMetrics(text), absentFields(text)]).toEqual([[], []]);
  });
});

describe('what the pages tell to type', () => {
  it.each([
    ['a script', absentScripts, 'npm run no-such', ['no-such']],
    ['a route', absentRoutes, 'curl "http://$INSTANCE/nowhere"', ['/nowhere']],
    ['a setting', absentSettings, 'raise `DATABASE_POOL_MAXIMUM`', ['DATABASE_POOL_MAXIMUM']],
    ['a metric in a query', absentSeries, 'rate(http_requests_total[5m])', ['http_requests_total']],
    ['a label', absentSeries, 'outbox_dead_events{queue="a"}', ['outbox_dead_events.queue']],
    ['a metric in the text', absentMetrics, 'see `http_requests_total{a="b"}`', ['http_requests_total']],
    ['a field', absentFields, `jq 'fromjson? | select(.url) | {time, ip}'`, ['ip']],
    ['a field in a text of jq', absentFields, `jq 'fromjson? | "\\(.ip) \\(.time)"'`, ['ip']],
  ])('would be caught with %s that there is not', (_what, absentIn, text, absent) => {
    expect(absentIn(text)).toEqual(absent);
  });
});
