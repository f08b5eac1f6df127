import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './survey.js';

/** An npm that does nothing, and says of the check what the test wants it to say. */
const STUB_NPM = `#!/usr/bin/env bash
case "$1" in
  ci) exit "$INSTALL_CODE" ;;
  run) printf '%s\\n' "$CHECK_SAYS"; exit "$CHECK_CODE" ;;
esac
`;

describe('.ci/run', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'ci-run-'));

  beforeAll(() => {
    for (const folder of ['.ci', 'stub', 'node_modules/.bin']) mkdirSync(join(checkout, folder), { recursive: true });
    for (const name of ['run', 'install-tools']) copyFileSync(join(ROOT, '.ci', name), join(checkout, '.ci', name));
    symlinkSync(process.execPath, join(checkout, 'node_modules/.bin/node'));
    // A sqlmap that is there already: nothing is installed on the machine that runs this test.
    for (const [name, script] of Object.entries({ npm: STUB_NPM, sqlmap: '#!/bin/sh\n' })) {
      writeFileSync(join(checkout, 'stub', name), script, { mode: 0o755 });
    }
  });
  afterAll(() => rmSync(checkout, { recursive: true, force: true }));

  /** The last line, and the exit code. */
  function run({ says = '', checkCode = 0, installCode = 0 }): [string | undefined, number | null] {
    const { stdout, status } = spawnSync(join(checkout, '.ci/run'), {
      encoding: 'utf8',
      timeout: 10_000,
      env: {
        PATH: [join(checkout, 'stub'), process.env['PATH']].join(delimiter),
        INSTALL_CODE: String(installCode),
        CHECK_SAYS: says,
        CHECK_CODE: String(checkCode),
      },
    });
    return [stdout.trim().split('\n').at(-1), status];
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

  it('is not green when nothing was tested', () => {
    expect(run({ says: 'Tests:       0 total' })).toEqual(['0 passed, 1 failed', 1]);
  });
});
