import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readCompose } from './container-files.js';
import { ROOT } from './survey.js';

describe('deploy/compose/create-secrets.sh', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'compose-'));
    mkdirSync(join(folder, 'secrets'));
    copyFileSync(join(ROOT, 'deploy/compose/create-secrets.sh'), join(folder, 'create-secrets.sh'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = () => spawnSync('bash', [join(folder, 'create-secrets.sh')], { encoding: 'utf8', timeout: 60_000 });
  const path = (name: string): string => join(folder, 'secrets', name);
  const secret = (name: string): string => readFileSync(path(name), 'utf8');
  const all = (): Record<string, string> =>
    Object.fromEntries(readdirSync(join(folder, 'secrets')).map((name) => [name, secret(name)]));

  /** Those of the composed system that it draws: others are files of whoever composes. */
  const drawn = Object.values(readCompose().secrets)
    .filter(({ file = '' }) => file.startsWith('deploy/compose/secrets/'))
    .map(({ file = '' }) => file.replace(/^.*\//, ''));
  /** Nobody else has the password of Grafana's admin: there is nothing for it to agree with. */
  const ofSeveral = drawn.filter((name) => name !== 'grafana_admin_password');

  it('writes each secret that docker-compose.yml looks for beside it, and no other', () => {
    const { status } = run();

    expect(status).toBe(0);
    expect(drawn.length).toBeGreaterThan(10);
    expect(Object.keys(all()).sort()).toEqual([...drawn].sort());
  });

  it.each([
    { prefix: '', roles: 'mainstay_', place: 'postgres:5432/store' },
    { prefix: 'recommender_', roles: 'recommender_', place: 'recommender-postgres:5432/recommender' },
  ])('gives each at $place the URL of its own role', ({ prefix, roles, place }) => {
    run();

    const [service, migrator] = [
      new URL(secret(`${prefix}database_url`)),
      new URL(secret(`${prefix}database_migrator_url`)),
    ];
    expect([service.username, service.password]).toEqual(['mainstay_service', secret(`${roles}service_password`)]);
    expect([migrator.username, migrator.password]).toEqual(['mainstay_migrator', secret(`${roles}migrator_password`)]);
    for (const { host, pathname } of [service, migrator]) expect(host + pathname).toBe(place);
  });

  it('tells the broker what its clients say', () => {
    run();

    const { username, password, host } = new URL(secret('nats_url'));
    expect(host).toBe('nats:4222');
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(secret('nats_authorization')).toBe(`user: ${username}\npassword: "${password}"`);
  });

  it('tells Redis what its clients say', () => {
    run();

    const { password, host, pathname } = new URL(secret('redis_url'));
    expect(host + pathname).toBe('redis:6379/0');
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(secret('redis_authorization')).toBe(`requirepass ${password}`);
  });

  it('draws three passwords for each server, and one for Grafana, that have nothing in common', () => {
    run();

    const passwords = Object.entries(all()).flatMap(([name, text]) => (name.endsWith('_password') ? [text] : []));
    expect(passwords).toEqual(Array.from({ length: 7 }, () => expect.stringMatching(/^[0-9a-f]{48}$/)));
    expect(new Set(passwords).size).toBe(7);
  });

  it('draws those of a server that joins, and leaves those of the other alone', () => {
    run();
    const before = all();
    const joining = Object.keys(before).filter((name) => name.startsWith('recommender_'));
    for (const name of joining) rmSync(path(name));

    expect(run().status).toBe(0);

    expect(Object.keys(all())).toEqual(Object.keys(before));
    for (const [name, text] of Object.entries(before)) expect(secret(name) === text).toBe(!joining.includes(name));
  });

  it('closes the folder to others, and leaves the files readable for the users in the containers', () => {
    run();

    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    for (const name of Object.keys(all())) expect(statSync(path(name)).mode & 0o777).toBe(0o644);
  });

  it('leaves what is there alone', () => {
    run();
    const before = all();

    const { status, stdout } = run();

    expect([status, stdout]).toEqual([0, expect.stringContaining('there already')]);
    expect(all()).toEqual(before);
  });

  it.each(ofSeveral)('replaces nothing when %s alone is missing, and says so', (missing) => {
    run();
    rmSync(path(missing));
    const before = all();

    const { status, stderr } = run();

    expect(status).toBe(1);
    expect(stderr).toContain(`not: ${missing}`);
    expect(all()).toEqual(before);
  });

  it('replaces nothing in a folder of a database that has one role for everything', () => {
    writeFileSync(path('database_password'), 'kept');
    writeFileSync(path('database_url'), 'postgres://store:canary@postgres:5432/store');
    const before = all();

    expect(run().status).toBe(1);
    expect(all()).toEqual(before);
  });
});
