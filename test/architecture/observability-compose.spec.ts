import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readCompose, readRootFile } from './container-files.js';
import { ROOT } from './survey.js';

const FILE = 'docker-compose.observability.yml';
const TOOLS = ['prometheus', 'alertmanager', 'grafana', 'otel-collector', 'tempo'];

interface Collector {
  readonly receivers: { readonly otlp: { readonly protocols: Readonly<Record<string, { endpoint: string }>> } };
  readonly processors: Readonly<Record<string, object>>;
  readonly exporters: Readonly<Record<string, object>>;
  readonly service: {
    readonly pipelines: Readonly<Record<string, Readonly<Record<'receivers' | 'processors' | 'exporters', string[]>>>>;
  };
}

describe(FILE, () => {
  const { services, secrets } = readCompose(FILE);
  const collector = parse(readRootFile('deploy/observability/otel-collector/config.yaml')) as Collector;

  it('adds the tools, and to the services of docker-compose.yml only where traces go', () => {
    const own = readCompose().services;

    expect(Object.keys(services).filter((name) => !(name in own))).toEqual(TOOLS);
    for (const name of ['store', 'recommender']) {
      expect(services[name]).toEqual({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector:4318' } });
    }
  });

  it.each(TOOLS)('confines %s like its neighbours, by a version of its image, as nobody', (name) => {
    const tool = services[name];

    expect(tool).toMatchObject({
      image: expect.stringMatching(/^[a-z/-]+:v?\d+\.\d+\.\d+$/),
      user: expect.stringMatching(/^[1-9]\d*:\d+$/),
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      deploy: { resources: { limits: { memory: expect.any(String), cpus: expect.any(String) } } },
    });
    for (const port of tool?.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('takes what it is configured with from deploy/, and can not change it', () => {
    const bound = TOOLS.flatMap((name) => services[name]?.volumes ?? []).filter((volume) => volume.startsWith('.'));

    expect(bound.length).toBeGreaterThan(5);
    for (const volume of bound) {
      const [source = '', , mode] = volume.split(':');
      expect([source, existsSync(resolve(ROOT, source)), mode]).toEqual([source, true, 'ro']);
    }
  });

  it('has the secrets that its tools read', () => {
    const read = readRootFile('deploy/observability/alertmanager/alertmanager.yml').matchAll(/\/run\/secrets\/(\w+)/g);

    expect(new Set([...read].map(([, name]) => name))).toEqual(new Set(services['alertmanager']?.secrets));
    expect(services['grafana']?.environment?.['GF_SECURITY_ADMIN_PASSWORD__FILE']).toBe(
      '/run/secrets/grafana_admin_password',
    );
    for (const { file } of Object.values(secrets)) expect(file).toMatch(/^\$\{\w+_FILE:\?/);
  });

  it('has Prometheus keep exemplars, and what the longest window needs', () => {
    expect(services['prometheus']?.command).toEqual(
      expect.arrayContaining([
        '--enable-feature=exemplar-storage',
        expect.stringMatching(/^--storage\.tsdb\.retention\.time=\d+d$/),
      ]),
    );
  });

  it('has a collector whose pipelines are made of what it declares, bounded first and batched last', () => {
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
