import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { mountsOf, readCompose, readRootFile } from './container-files.js';

const TOOLS = ['prometheus', 'alertmanager', 'grafana', 'otel-collector', 'tempo'];

interface Collector {
  readonly receivers: { readonly otlp: { readonly protocols: Readonly<Record<string, { endpoint: string }>> } };
  readonly processors: Readonly<Record<string, object>>;
  readonly exporters: Readonly<Record<string, object>>;
  readonly service: {
    readonly pipelines: Readonly<Record<string, Readonly<Record<'receivers' | 'processors' | 'exporters', string[]>>>>;
  };
}

describe('the tools of docker-compose.yml', () => {
  const { services, secrets } = readCompose();
  const collector = parse(readRootFile('deploy/observability/otel-collector/config.yaml')) as Collector;

  it('are told the traces of the services, unless another collector is', () => {
    for (const name of ['store', 'recommender']) {
      expect(services[name]?.environment?.['OTEL_EXPORTER_OTLP_ENDPOINT']).toMatch(
        /^\$\{OTEL_EXPORTER_OTLP_ENDPOINT-http:\/\/otel-collector:4318\}$/,
      );
    }
  });

  it('are what no service waits for', () => {
    const others = Object.entries(services).filter(([name]) => !TOOLS.includes(name));

    for (const [name, { depends_on: needs = {} }] of others) {
      expect([name, Object.keys(needs).filter((needed) => TOOLS.includes(needed))]).toEqual([name, []]);
    }
  });

  it.each(TOOLS)('run %s by a version of its image, as nobody', (name) => {
    const tool = services[name];

    expect(tool).toMatchObject({
      image: expect.stringMatching(/^[a-z/-]+:v?\d+\.\d+\.\d+$/),
      user: expect.stringMatching(/^[1-9]\d*:\d+$/),
    });
  });

  it('take what they are configured with from deploy/', () => {
    const bound = TOOLS.flatMap((name) => mountsOf(services[name] ?? {})).filter(({ isFile }) => isFile);

    expect(bound.length).toBeGreaterThan(5);
    for (const { source } of bound) expect(source).toMatch(/^deploy\/observability\//);
  });

  it('have the secrets that they read', () => {
    const read = readRootFile('deploy/observability/alertmanager/alertmanager.yml').matchAll(/\/run\/secrets\/(\w+)/g);

    expect(new Set([...read].map(([, name]) => name))).toEqual(new Set(services['alertmanager']?.secrets));
    expect(services['grafana']?.environment?.['GF_SECURITY_ADMIN_PASSWORD__FILE']).toBe(
      '/run/secrets/grafana_admin_password',
    );
    for (const name of ['alert_page_webhook_url', 'alert_ticket_webhook_url']) {
      expect(secrets[name]?.file).toMatch(/^\$\{\w+_FILE:\?/);
    }
  });

  it('have Prometheus keep exemplars, and what the longest window needs', () => {
    expect(services['prometheus']?.command).toEqual(
      expect.arrayContaining([
        '--enable-feature=exemplar-storage',
        expect.stringMatching(/^--storage\.tsdb\.retention\.time=\d+d$/),
      ]),
    );
  });

  it('have a collector whose pipelines are made of what it declares, bounded first and batched last', () => {
    const { receivers, processors, exporters, service } = collector;
    const { traces } = service.pipelines;

    expect(traces?.receivers).toEqual(Object.keys(receivers));
    expect(traces?.exporters).toEqual(Object.keys(exporters));
    expect(traces?.processors).toEqual(Object.keys(processors));
    expect(traces?.processors[0]).toBe('memory_limiter');
    expect(traces?.processors.at(-1)).toBe('batch');
    expect(receivers.otlp.protocols['http']?.endpoint).toMatch(/:4318$/);
    expect(readRootFile('deploy/observability/tempo/tempo.yml')).toContain("grpc: { endpoint: '0.0.0.0:4317' }");
  });
});
