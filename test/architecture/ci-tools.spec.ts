import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT } from './survey.js';

/** What the script needs of the machine; all else on its PATH is a stub, so that nothing is installed here. */
const REAL_PROGRAMS = ['bash', 'timeout', 'tail'];
const APT_GET = '#!/bin/sh\necho "ran: apt-get $*"\necho "ran: apt-get $*" >>"$0.calls"\nexit $APT_CODE\n';
/** Takes its options away, and runs the rest as whoever it is. */
const SUDO = '#!/bin/sh\nwhile case "$1" in -*) ;; *) false ;; esac; do shift; done\n[ "$1" = true ] || exec "$@"\n';

const INSTALLS = ['ran: apt-get -qq update', 'ran: apt-get -qq install -y --no-install-recommends sqlmap'];

describe('.ci/install-tools', () => {
  let bin: string;

  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), 'ci-tools-'));
    for (const name of REAL_PROGRAMS) {
      const path = execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
      symlinkSync(path, join(bin, name));
    }
    writeFileSync(join(bin, 'apt-get.calls'), '');
  });
  afterEach(() => rmSync(bin, { recursive: true, force: true }));

  const put = (stubs: Record<string, string>): void => {
    for (const [name, script] of Object.entries(stubs)) writeFileSync(join(bin, name), script, { mode: 0o755 });
  };
  const run = (env: Record<string, string> = {}) => {
    const { stdout, status } = spawnSync(join(ROOT, '.ci/install-tools'), {
      encoding: 'utf8',
      timeout: 10_000,
      env: { PATH: bin, APT_CODE: '0', ...env },
    });
    const calls = execFileSync('/bin/cat', [join(bin, 'apt-get.calls')], { encoding: 'utf8' });
    return { said: stdout.trim(), calls: calls.split('\n').filter(Boolean), status };
  };

  it('installs nothing where all is there', () => {
    put({ sqlmap: '#!/bin/sh\n', 'apt-get': APT_GET, sudo: SUDO });

    expect(run()).toEqual({ said: 'sqlmap is here', calls: [], status: 0 });
  });

  it('installs what is missing, and says so and no more', () => {
    put({ 'apt-get': APT_GET, sudo: SUDO });

    expect(run()).toEqual({ said: 'installing sqlmap with apt-get', calls: INSTALLS, status: 0 });
  });

  it('tries to install although the lists could not be renewed, and tells what came of it', () => {
    put({ 'apt-get': APT_GET, sudo: SUDO });
    const { said, calls, status } = run({ APT_CODE: '100' });

    expect(calls).toEqual(INSTALLS);
    expect(said).toContain('apt-get update failed:');
    expect(said).toMatch(/not installed: sqlmap$/);
    expect(status).toBe(0); // the test that needs it is what fails
  });

  it('says so where there is no apt-get', () => {
    expect(run()).toEqual({ said: 'no apt-get here; not installed: sqlmap', calls: [], status: 0 });
  });
});
