import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { initScripts, isOurs, readCompose, readRootFile, secretsOf, sourcesNamedIn } from './container-files.js';
import { ROOT } from './survey.js';

const PINNED = /^[\w./-]+:v?\d+\.\d+(\.\d+)?[\w.-]*(@sha256:[0-9a-f]{64})?$/;

describe('the services of docker-compose.yml', () => {
  const { services, secrets } = readCompose();
  const ours = Object.entries(services).filter(([, service]) => isOurs(service));

  it.each(Object.entries(services))('confines %s', (_name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.deploy?.resources?.limits).toEqual({
      cpus: expect.any(String),
      memory: expect.any(String),
      pids: expect.any(Number),
    });
  });

  it('pins the images that it does not build', () => {
    const foreign = Object.values(services).filter((service) => !isOurs(service));

    for (const { image } of foreign) expect(image).toMatch(PINNED);
    expect(readRootFile('docker-compose.yml')).not.toMatch(/:latest/);
  });

  it.each(['store', 'recommender'])(
    'asks who composes for the issuer, and has no default: a %s that trusts nobody in particular would not start',
    (name) => {
      for (const variable of ['JWT_ISSUER', 'JWT_AUDIENCE', 'JWKS_URL']) {
        expect(services[name]?.environment?.[variable]).toMatch(new RegExp(`^\\$\\{${variable}:\\?.+\\}$`));
      }
    },
  );

  it.each(ours)('runs %s in production, its secrets from files', (_name, service) => {
    const used = Object.keys(secretsOf(service));

    expect(service.environment).toMatchObject({ NODE_ENV: 'production' });
    expect(used).not.toEqual([]);
    for (const secret of used) expect(secrets[secret]?.file).toMatch(/^deploy\/compose\/secrets\//);
  });

  // Exactly these: one secret more, or the other's, and the store could change the schema.
  it.each([
    ['migrate', { DATABASE_MIGRATOR_URL_FILE: '/run/secrets/database_migrator_url' }, ['database_migrator_url']],
    ['store', { DATABASE_URL_FILE: '/run/secrets/database_url' }, ['database_url', 'redis_url', 'nats_url']],
    [
      'recommender-migrate',
      { DATABASE_MIGRATOR_URL_FILE: '/run/secrets/recommender_database_migrator_url' },
      ['recommender_database_migrator_url'],
    ],
    [
      'recommender',
      { DATABASE_URL_FILE: '/run/secrets/recommender_database_url' },
      ['recommender_database_url', 'nats_url'],
    ],
  ])('gives %s the URL of its own role, and of no other', (name, environment, used) => {
    const service = services[name];

    const urls = Object.entries(service?.environment ?? {}).filter(([variable]) => variable.startsWith('DATABASE_'));
    expect(Object.fromEntries(urls)).toEqual(environment);
    expect(service?.secrets).toEqual(used);
  });

  it.each([
    ['postgres', 'postgres_password'],
    ['recommender-postgres', 'recommender_postgres_password'],
  ])('has %s make the roles and their passwords, and keeps its superuser to itself', (name, superuser) => {
    const server = services[name] ?? {};
    const scripts = initScripts(server);
    const holders = Object.entries(services).filter(([, service]) => superuser in secretsOf(service));

    expect(scripts).toEqual([
      'deploy/postgres/roles.sql',
      'deploy/postgres/own-server.sql',
      'deploy/compose/passwords.sql',
    ]);
    for (const script of scripts) expect(existsSync(resolve(ROOT, script))).toBe(true);
    expect(holders.map(([holder]) => holder)).toEqual([name]);
    expect(Object.values(secretsOf(server))).toEqual([
      'postgres_password',
      'mainstay_migrator_password',
      'mainstay_service_password',
    ]);
    expect(server.environment).not.toHaveProperty('POSTGRES_USER');
  });

  it('names only files that the build gives', () => {
    const named = sourcesNamedIn(readRootFile('docker-compose.yml'));

    expect(named).toEqual([
      'apps/store/src/migrate.ts',
      'apps/recommender/src/migrate.ts',
      'libs/platform/tracing/telemetry.ts',
      'apps/recommender/src/main.ts',
    ]);
    for (const source of named) expect(existsSync(resolve(ROOT, source))).toBe(true);
  });

  it.each([
    ['postgres', 'migrate', 'store'],
    ['recommender-postgres', 'recommender-migrate', 'recommender'],
  ])('once %s is healthy runs %s, and once the schema is there %s', (server, migration, service) => {
    expect(services[migration]?.depends_on).toEqual({ [server]: { condition: 'service_healthy' } });
    expect(services[service]?.depends_on).toMatchObject({
      [migration]: { condition: 'service_completed_successfully' },
    });
  });

  it('has the stores ask the recommender, which is of their image', () => {
    const { recommender, store } = services;

    expect(recommender?.image).toBe(store?.image);
    expect(store?.environment?.['RECOMMENDER_URL']).toBe('http://recommender:3000');
    expect(recommender?.environment).not.toHaveProperty('RECOMMENDER_URL');
  });

  it('has a broker between the two, which keeps what it takes', () => {
    const { nats, recommender, store } = services;

    expect(nats?.command?.slice(-2)).toEqual(['--store_dir', '/data']);
    expect(nats?.volumes).toEqual(['./deploy/nats/server.conf:/etc/nats/server.conf:ro', 'nats-data:/data']);
    expect(nats?.healthcheck?.test).toEqual(expect.arrayContaining([expect.stringMatching(/^http:.*\/healthz/)]));
    expect(Object.keys(secretsOf(nats ?? {}))).toEqual(['nats_authorization']);
    for (const client of [store, recommender]) {
      expect(client?.environment).toMatchObject({ NATS_URL_FILE: '/run/secrets/nats_url' });
    }
  });

  it('gives the store time to drain, and opens no port of what is not for people', () => {
    expect(Number.parseInt(services['store']?.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(40);
    expect(Object.keys(services).filter((name) => services[name]?.ports)).toEqual([
      'balancer',
      'prometheus',
      'alertmanager',
      'grafana',
    ]);
  });

  it('has a check of health for each that serves, where its image has who could ask', () => {
    const unchecked = Object.entries(services).filter(([, { healthcheck }]) => healthcheck?.disable);

    expect(unchecked.map(([name]) => name)).toEqual(['migrate', 'recommender-migrate', 'otel-collector', 'tempo']);
    for (const [name, { image, healthcheck }] of Object.entries(services)) {
      const own = healthcheck?.test?.[0] === 'CMD' || healthcheck?.disable;
      expect([name, own || image?.startsWith('mainstay-store')]).toEqual([name, true]);
    }
  });

  it('waits for nothing that a service can do without', () => {
    const waited = [services['store'], services['recommender']].map((service) =>
      Object.entries(service?.depends_on ?? {}).flatMap(([name, { condition }]) =>
        condition === 'service_started' ? [] : [name],
      ),
    );

    expect(waited).toEqual([['migrate'], ['recommender-migrate']]);
  });
});
