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

/** The commands; each is called as its package is, save two. */
const TOOLS = [
  ...['sqlmap', 'nats-server', 'redis-server', 'haproxy', 'nginx', 'promtool', 'prometheus-alertmanager', 'chromium'],
  ...['shellcheck', 'buildah', 'bwrap', 'jq', 'curl'],
];
const ALL = TOOLS.join(' ').replace('promtool', 'prometheus').replace('bwrap', 'bubblewrap');
const INSTALLS = ['ran: apt-get -qq update', `ran: apt-get -qq install -y --no-install-recommends ${ALL}`];

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
      timeout: 60_000,
      env: { PATH: bin, APT_CODE: '0', ...env },
    });
    const calls = execFileSync('/bin/cat', [join(bin, 'apt-get.calls')], { encoding: 'utf8' });
    return { said: stdout.trim(), calls: calls.split('\n').filter(Boolean), status };
  };

  it('installs nothing where all is there', () => {
    const there = Object.fromEntries(TOOLS.map((tool) => [tool, '#!/bin/sh\n']));
    put({ ...there, 'apt-get': APT_GET, sudo: SUDO });

    expect(run()).toEqual({ said: TOOLS.map((tool) => `${tool} is here`).join('\n'), calls: [], status: 0 });
  });

  it('leaves alone what is there already', () => {
    put({ sqlmap: '#!/bin/sh\n', 'apt-get': APT_GET, sudo: SUDO });

    expect(run()).toEqual({
      said: `sqlmap is here\ninstalling ${ALL.replace('sqlmap ', '')} with apt-get`,
      calls: INSTALLS.map((call) => call.replace('sqlmap ', '')),
      status: 0,
    });
  });

  it('installs what is missing, and says so and no more', () => {
    put({ 'apt-get': APT_GET, sudo: SUDO });

    expect(run()).toEqual({ said: `installing ${ALL} with apt-get`, calls: INSTALLS, status: 0 });
  });

  it('tries to install although the lists could not be renewed, and tells what came of it', () => {
    put({ 'apt-get': APT_GET, sudo: SUDO });
    const { said, calls, status } = run({ APT_CODE: '100' });

    expect(calls).toEqual(INSTALLS);
    expect(said).toContain('apt-get update failed:');
    expect(said.endsWith(`not installed: ${ALL}`)).toBe(true);
    expect(status).toBe(0); // the test that needs it is what fails
  });

  it('says so where there is no apt-get', () => {
    expect(run()).toEqual({ said: `no apt-get here; not installed: ${ALL}`, calls: [], status: 0 });
  });
});
