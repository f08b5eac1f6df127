import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './survey.js';

/** An npm that does nothing, and says of the check and of the audit what the test wants it to say. */
const STUB_NPM = `#!/usr/bin/env bash
case "$*" in
  ci) exit "$INSTALL_CODE" ;;
  'run check') printf '%s\\n' "$CHECK_SAYS"; exit "$CHECK_CODE" ;;
  'run audit:dependencies') printf '%s\\n' "$AUDIT_SAYS"; exit "$AUDIT_CODE" ;;
  'run sbom') exit "$SBOM_CODE" ;;
  *) exit 99 ;;
esac
`;

describe('.ci/run', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'ci-run-'));

  beforeAll(() => {
    for (const folder of ['.ci', 'stub', 'node_modules/.bin']) mkdirSync(join(checkout, folder), { recursive: true });
    for (const name of ['run', 'install-tools']) copyFileSync(join(ROOT, '.ci', name), join(checkout, '.ci', name));
    symlinkSync(process.execPath, join(checkout, 'node_modules/.bin/node'));
    // Tools that are there already: nothing is installed on the machine that runs this test.
    for (const [name, script] of Object.entries({
      npm: STUB_NPM,
      sqlmap: '#!/bin/sh\n',
      'nats-server': '#!/bin/sh\n',
      haproxy: '#!/bin/sh\n',
      nginx: '#!/bin/sh\n',
      promtool: '#!/bin/sh\n',
      buildah: '#!/bin/sh\n',
      bwrap: '#!/bin/sh\n',
    })) {
      writeFileSync(join(checkout, 'stub', name), script, { mode: 0o755 });
    }
  });
  afterAll(() => rmSync(checkout, { recursive: true, force: true }));

  interface Said {
    readonly says?: string;
    readonly checkCode?: number;
    readonly installCode?: number;
    readonly auditSays?: string;
    readonly auditCode?: number;
    readonly sbomCode?: number;
  }

  /** All lines, and the exit code. */
  function runAll(said: Said): { lines: string[]; status: number | null } {
    const { says = '', checkCode = 0, installCode = 0, auditSays = '', auditCode = 0, sbomCode = 0 } = said;
    const { stdout, status } = spawnSync(join(checkout, '.ci/run'), {
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        PATH: [join(checkout, 'stub'), process.env['PATH']].join(delimiter),
        INSTALL_CODE: String(installCode),
        CHECK_SAYS: says,
        CHECK_CODE: String(checkCode),
        AUDIT_SAYS: auditSays,
        AUDIT_CODE: String(auditCode),
        SBOM_CODE: String(sbomCode),
      },
    });
    return { lines: stdout.trim().split('\n'), status };
  }

  /** The last line, and the exit code. */
  function run(said: Said): [string | undefined, number | null] {
    const { lines, status } = runAll(said);
    return [lines.at(-1), status];
  }

  it('counts what passed', () => {
    const says = 'Test Suites: 2 passed, 2 total\nTests:       1 skipped, 40 passed, 41 total';

    expect(run({ says })).toEqual(['40 passed, 0 failed', 0]);
  });

  it('counts what failed, and keeps the exit code of the tests', () => {
    const says = 'Test Suites: 1 failed, 1 passed, 2 total\nTests:       3 failed, 40 passed, 43 total';

    expect(run({ says, checkCode: 5 })).toEqual(['40 passed, 3 failed', 5]);
  });

  it('counts files that could not be loaded as failures', () => {
    const says = 'Test Suites: 2 failed, 1 passed, 3 total\nTests:       40 passed, 40 total';

    expect(run({ says, checkCode: 1 })).toEqual(['40 passed, 2 failed', 1]);
  });

  it('fails when the check ends before its tests', () => {
    expect(run({ says: 'error TS2322', checkCode: 2 })).toEqual(['0 passed, 1 failed', 2]);
  });

  it('fails when the installation fails', () => {
    expect(run({ installCode: 7 })).toEqual(['0 passed, 1 failed', 7]);
  });

  const GREEN = 'Tests:       40 passed, 40 total';

  it('takes its steps in order, each by its name', () => {
    const { lines } = runAll({ says: GREEN });

    expect(lines.filter((line) => /^== npm .* took /.test(line)).map((line) => line.split(' took ')[0])).toEqual([
      '== npm ci',
      '== npm run check',
      '== npm run audit:dependencies',
      '== npm run sbom',
    ]);
  });

  it('fails when the audit finds something, and keeps the count of the tests', () => {
    expect(run({ says: GREEN, auditCode: 1 })).toEqual(['40 passed, 1 failed', 1]);
  });

  it('is green when the registry gives the audit no answer, and repeats that it was not asked', () => {
    const auditSays = 'NOT AUDITED: the registry gave no answer (405 Method Not Allowed).';

    const { lines, status } = runAll({ says: GREEN, auditSays });

    expect([lines.at(-1), status]).toEqual(['40 passed, 0 failed', 0]);
    expect(lines).toContain(auditSays);
  });

  it('fails without a bill of materials', () => {
    expect(run({ says: GREEN, sbomCode: 3 })).toEqual(['40 passed, 1 failed', 3]);
  });

  it('runs only scripts that package.json has, and the check is all of its parts, the tests last', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const steps = [...readFileSync(join(ROOT, '.ci/run'), 'utf8').matchAll(/^step npm run (\S+)/gm)];

    expect(steps).toHaveLength(3);
    for (const [, name = ''] of steps) expect(scripts).toHaveProperty([name]);
    expect(scripts['check']?.split(' && ')).toEqual([
      'npm run types',
      'npm run lint',
      'npm run walls',
      'npm run supply-chain',
      'npm test',
    ]);
  });

  it('is not green when nothing was tested', () => {
    expect(run({ says: 'Tests:       0 total' })).toEqual(['0 passed, 1 failed', 1]);
  });
});
