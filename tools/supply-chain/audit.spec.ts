import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runProgram } from '../process/run-program.ts';
import { CHECKOUT } from './checkout.ts';

const CLEAN = '{"vulnerabilities":{}}';
const FOUND = '{"vulnerabilities":{"pg":{"severity":"critical","range":"<8"}}}';
const AWAY = '{"message":"405 Method Not Allowed","error":{"summary":""}}';

describe('npm run audit:dependencies', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** With an npm that says this, and fails as the true one does for a finding and for an error alike. */
  async function audit(says: string, npmCode: number, env: NodeJS.ProcessEnv = {}) {
    await writeFile(join(folder, 'report.json'), says);
    await writeFile(join(folder, 'npm'), `#!/bin/sh\ncat "${folder}/report.json"; echo prose >&2; exit ${npmCode}\n`);
    await chmod(join(folder, 'npm'), 0o755);
    const path = [folder, process.env['PATH']].join(delimiter);
    return runProgram(process.execPath, [join(CHECKOUT, 'tools/supply-chain/audit.ts')], {
      timeoutMs: 20_000,
      env: { PATH: path, ...env },
    });
  }

  it('passes when nothing is known', async () => {
    expect(await audit(CLEAN, 0)).toMatchObject({ code: 0, output: expect.stringContaining('No known vulnerability') });
  });

  it('blocks on a finding, and names it', async () => {
    expect(await audit(FOUND, 1)).toMatchObject({ code: 1, output: expect.stringContaining('pg <8 (critical)') });
  });

  it('says that it did not audit when the registry gives no answer, and does not block', async () => {
    const { code, output } = await audit(AWAY, 1);

    expect(code).toBe(0);
    expect(output).toContain('NOT AUDITED: the registry gave no answer (405 Method Not Allowed).');
  });

  it('blocks without an answer where one is required', async () => {
    expect(await audit(AWAY, 1, { AUDIT_REQUIRED: 'true' })).toMatchObject({ code: 1 });
  });

  it('blocks when npm itself fails', async () => {
    expect(await audit('Segmentation fault', 139)).toMatchObject({
      code: 1,
      output: expect.stringContaining('NOT AUDITED: `npm audit` failed'),
    });
  });
});
