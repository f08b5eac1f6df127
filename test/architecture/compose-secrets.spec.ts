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

  const run = () => spawnSync('bash', [join(folder, 'create-secrets.sh')], { encoding: 'utf8', timeout: 10_000 });
  const path = (name: string): string => join(folder, 'secrets', name);
  const secret = (name: string): string => readFileSync(path(name), 'utf8');
  const all = (): Record<string, string> =>
    Object.fromEntries(readdirSync(join(folder, 'secrets')).map((name) => [name, secret(name)]));

  it('writes each secret that docker-compose.yml names, and no other', () => {
    const { status } = run();

    expect(status).toBe(0);
    const named = Object.values(readCompose().secrets).map(({ file = '' }) => file.replace(/^.*\//, ''));
    expect(Object.keys(all()).sort()).toEqual(named.sort());
  });

  it('gives the store the URL of the role that reads and writes rows, and the migrator its own', () => {
    run();

    const [service, migrator] = [new URL(secret('database_url')), new URL(secret('database_migrator_url'))];
    expect([service.username, service.password]).toEqual(['mainstay_service', secret('mainstay_service_password')]);
    expect([migrator.username, migrator.password]).toEqual(['mainstay_migrator', secret('mainstay_migrator_password')]);
    expect([service.host, service.pathname]).toEqual([migrator.host, migrator.pathname]);
  });

  it('draws three passwords that have nothing in common', () => {
    run();

    const passwords = Object.entries(all()).flatMap(([name, text]) => (name.endsWith('_password') ? [text] : []));
    expect(passwords).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^[0-9a-f]{48}$/)));
    expect(new Set(passwords).size).toBe(3);
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

  it.each(Object.keys(readCompose().secrets))('replaces nothing when %s alone is missing, and says so', (missing) => {
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
