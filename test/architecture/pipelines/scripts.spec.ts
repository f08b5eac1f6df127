import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeWith } from '#platform/testing';
import { ROOT } from '../survey.js';

const SHELLCHECK = { command: 'shellcheck', debianPackage: 'shellcheck' };
const TIMEOUT_MS = 30_000;

const scripts = globSync(['.ci/*', 'deploy/**/*.sh'], { cwd: ROOT });
const steps = globSync('deploy/pipeline/*.sh', { cwd: ROOT });
const isSourced = (script: string): boolean =>
  readFileSync(join(ROOT, script), 'utf8').startsWith('# shellcheck shell=');
const called = steps.filter((step) => !isSourced(step));

/** A step that is given nothing: its exit code, and what it says. */
function withoutInput(step: string): { readonly code: number | null; readonly said: string } {
  try {
    execFileSync(join(ROOT, step), { stdio: 'pipe', timeout: TIMEOUT_MS, env: { PATH: process.env['PATH'] } });
    return { code: 0, said: '' };
  } catch (error) {
    const { status, stderr } = error as { status: number | null; stderr: Buffer };
    return { code: status, said: String(stderr) };
  }
}

describeWith(SHELLCHECK, 'shellcheck', () => {
  it.each(scripts)('has nothing against %s', (script) => {
    expect(execFileSync('shellcheck', [join(ROOT, script)], { cwd: ROOT, timeout: TIMEOUT_MS, encoding: 'utf8' })).toBe(
      '',
    );
  });
});

describe('the steps of the pipeline', () => {
  it.each(called)('%s can be called, tells how in its head, and ends with 2 when it lacks what it needs', (step) => {
    const source = readFileSync(join(ROOT, step), 'utf8');
    const { code, said } = withoutInput(step);

    expect(statSync(join(ROOT, step)).mode & 0o111).toBe(0o111);
    expect(source.split('\n').slice(1, 8).join('\n')).toContain(`${step}`);
    expect(code).toBe(2);
    expect(said).toMatch(/^[\w-]+\.sh: set [A-Z_]+/);
  });
});
