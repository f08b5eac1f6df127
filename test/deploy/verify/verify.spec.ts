import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, REDIS_SERVER } from '#platform/testing';
import { runProgram, type Outcome } from '../../../tools/process/run-program.ts';
import { ROOT } from '../../system/support/spawn-service.js';
import type { AnyTrial, Verdict } from '../../../tools/verify/trial/trial.ts';
import { bundledRelease } from '../bundle/bundled-release.js';
import { OneAhead } from './one-ahead.js';
import type { Sabotage } from './sabotage.js';
import { sabotagedBuild } from './sabotaged-build.js';
import { SABOTAGES } from './sabotages.js';

/** Some two minutes on two cores of their own. */
const WHOLE_TIMEOUT_MS = 600_000;
const ONE_TIMEOUT_MS = 180_000;
/** So much earlier the program itself is ended: what it said is told then, and Jest's bound would hide it. */
const TELLING_MS = 15_000;

interface Verified extends Outcome {
  readonly verdicts: readonly Verdict[];
}

const isPass = ({ outcome }: Verdict): boolean => outcome === 'pass';
const rowsOf = (verdicts: readonly Verdict[], { promise, says }: AnyTrial): Verdict[] =>
  verdicts.filter((verdict) => verdict.promise === promise && verdict.says === says);

describeWith([REDIS_SERVER, NATS_SERVER], 'npm run verify', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mainstay-verify-'));
  });

  async function verify(args: readonly string[], timeoutMs: number, signal?: AbortSignal): Promise<Verified> {
    const file = join(folder, `verdicts-${randomUUID()}.json`);
    const all = ['tools/verify.ts', '--json', file, ...args];
    const bound = { cwd: ROOT, env: process.env, timeoutMs: timeoutMs - TELLING_MS, signal };
    const outcome = await runProgram(process.execPath, all, bound);
    const json = await readFile(file, 'utf8').catch(() => {
      throw new Error(`verify wrote no verdicts and ended with ${outcome.code}:\n${outcome.output}`);
    });
    return { ...outcome, ...(JSON.parse(json) as { verdicts: Verdict[] }) };
  }

  const expectKept = async (args: readonly string[]): Promise<void> => {
    const { code, verdicts, output } = await verify(args, WHOLE_TIMEOUT_MS);

    expect(verdicts.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    const untried = SABOTAGES.filter(({ trial }) => !rowsOf(verdicts, trial).some(isPass));
    expect(untried.map(({ does }) => does)).toEqual([]);
    expect(output).toContain('not tried');
    expect(code).toBe(0);
  };

  it(
    'finds every promise kept by what the image has of this checkout',
    async () => {
      const release = await bundledRelease();
      try {
        await expectKept(['--dist', release.dist]);
      } finally {
        await release.remove();
      }
    },
    WHOLE_TIMEOUT_MS,
  );

  const sabotaged = new OneAhead(SABOTAGES, async (sabotage: Sabotage, signal) => {
    const build = await sabotagedBuild(sabotage);
    try {
      return await verify(['--dist', build.dist, '--only', sabotage.trial.says], ONE_TIMEOUT_MS, signal);
    } finally {
      await build.remove();
    }
  });
  afterAll(async () => {
    await sabotaged.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(SABOTAGES.map((sabotage) => [sabotage.trial.promise, sabotage.does, sabotage] as const))(
    'fails at %s when the store %s',
    async (_promise, _does, sabotage) => {
      const { trial, throws } = sabotage;
      const { code, verdicts, output } = await sabotaged.of(sabotage);
      const failed = rowsOf(verdicts, trial).filter(({ outcome }) => outcome === 'fail');
      // A trial that threw has not seen what was broken, unless the sabotage says that this is how it is seen.
      const found = failed.filter(({ threw, measured }) => (threw ? throws?.test(measured) === true : true));

      if (found.length === 0) throw new Error(`"${trial.says}" has not seen it:\n${output}`);
      expect(code).toBe(1);
    },
    ONE_TIMEOUT_MS,
  );
});
