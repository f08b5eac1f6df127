import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runProgram, type Outcome } from '../../../tools/process/run-program.ts';
import { ROOT } from '../../system/support/spawn-service.js';
import { AT_THE_EDGE } from './at-the-edge.js';
import { BEHIND_THE_EDGE } from './behind-the-edge.js';
import { SabotagedBuild } from './sabotaged-build.js';

/** Some two minutes on two cores of their own. */
const WHOLE_TIMEOUT_MS = 420_000;
const ONE_TIMEOUT_MS = 180_000;

interface Verdict {
  readonly promise: string;
  readonly resource: string | null;
  readonly says: string;
  readonly outcome: 'pass' | 'fail' | 'not tried';
}

describe('npm run verify', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mainstay-verify-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function verify(args: readonly string[], timeoutMs: number): Promise<Outcome & { verdicts: Verdict[] }> {
    const file = join(folder, 'verdicts.json');
    await rm(file, { force: true });
    const all = ['tools/verify.ts', '--json', file, ...args];
    const outcome = await runProgram(process.execPath, all, { cwd: ROOT, env: process.env, timeoutMs });
    const json = await readFile(file, 'utf8').catch(() => {
      throw new Error(`verify wrote no verdicts and ended with ${outcome.code}:\n${outcome.output}`);
    });
    return { ...outcome, ...(JSON.parse(json) as { verdicts: Verdict[] }) };
  }

  it(
    'finds every promise kept by this checkout',
    async () => {
      const { code, verdicts, output } = await verify(['--no-build'], WHOLE_TIMEOUT_MS);

      expect(verdicts.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
      expect(verdicts.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(30);
      expect(output).toContain('not tried');
      expect(code).toBe(0);
    },
    WHOLE_TIMEOUT_MS,
  );

  it.each([...AT_THE_EDGE, ...BEHIND_THE_EDGE].map((sabotage) => [sabotage.breaks, sabotage.does, sabotage] as const))(
    'fails at %s when the store %s',
    async (promise, _does, sabotage) => {
      const build = await SabotagedBuild.of(sabotage);
      try {
        const { code, verdicts } = await verify(['--dist', build.dist, '--only', promise], ONE_TIMEOUT_MS);

        expect(verdicts.filter(({ outcome }) => outcome === 'fail').map((verdict) => verdict.promise)).toContain(
          promise,
        );
        expect(code).toBe(1);
      } finally {
        await build.remove();
      }
    },
    ONE_TIMEOUT_MS,
  );
});
