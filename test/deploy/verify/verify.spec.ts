import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, REDIS_SERVER } from '#platform/testing';
import { runProgram } from '../../../tools/process/run-program.ts';
import { ROOT } from '../../system/support/spawn-service.js';
import type { AnyTrial, Verdict } from '../../../tools/verify/trial/trial.ts';
import { REDIS_GONE } from '../../../tools/verify/trials/faults/redis-gone.ts';
import { bundledRelease } from '../bundle/bundled-release.js';
import { CheckoutCopy } from '../new-module/checkout-copy.js';
import { REVIEWS } from '../new-module/reviews.js';
import { TELLING_MS } from '../telling.js';
import { sabotagedBuild } from './sabotaged-build.js';
import type { Sabotage } from './sabotage.js';
import { SABOTAGES } from './sabotages.js';
import { type Tried, triedOn } from './tried-on.js';

/** Some two minutes on two cores of their own. */
const WHOLE_TIMEOUT_MS = 600_000;
/** A copy of the checkout, a build, and the documents. */
const MODULE_TIMEOUT_MS = 300_000;
const ONE_TIMEOUT_MS = 180_000;

/** What `verify` tries on every resource that it finds in the API's document. */
const OF_EACH_MODULE = ['B1', 'C3', 'C4', 'D2', 'E6', 'F1'];

/** Of dependencies that are away (B), of lives and ends (G): what is looked for is a late answer, or it changes what all share. */
const measuresTime = ({ trial }: Sabotage): boolean => /^[BG]/.test(trial.promise) || trial === REDIS_GONE;

const isPass = ({ outcome }: Verdict): boolean => outcome === 'pass';
const rowsOf = (verdicts: readonly Verdict[], { promise, says }: AnyTrial): Verdict[] =>
  verdicts.filter((verdict) => verdict.promise === promise && verdict.says === says);

describeWith([REDIS_SERVER, NATS_SERVER], 'npm run verify', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mainstay-verify-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(
    'finds every promise kept by what the image has of this checkout, and of a module that is new to it',
    async () => {
      await using checkout = await CheckoutCopy.make();
      await checkout.succeed('new:module', REVIEWS, MODULE_TIMEOUT_MS);
      await using release = await bundledRelease(checkout.path);

      const file = join(folder, 'verdicts.json');
      const args = ['--dist', release.dist, '--json', file];
      const { code, output } = await checkout.run('verify', args, WHOLE_TIMEOUT_MS - TELLING_MS);

      const json = await readFile(file, 'utf8').catch(() => {
        throw new Error(`verify wrote no verdicts and ended with ${code}:\n${output}`);
      });
      const { verdicts } = JSON.parse(json) as Pick<Tried, 'verdicts'>;
      expect(verdicts.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
      const untried = SABOTAGES.filter(({ trial }) => !rowsOf(verdicts, trial).some(isPass));
      expect(untried.map(({ does }) => does)).toEqual([]);
      const ofModule = verdicts.filter(({ resource, outcome }) => resource === 'reviews' && outcome === 'pass');
      expect(ofModule.map(({ promise }) => promise)).toEqual(expect.arrayContaining(OF_EACH_MODULE));
      expect(output).toContain('not tried');
      expect(code).toBe(0);
    },
    MODULE_TIMEOUT_MS + WHOLE_TIMEOUT_MS,
  );

  it.each(SABOTAGES.slice(0, 1))(
    'ends with 1 when the store $does',
    async (sabotage) => {
      await using build = await sabotagedBuild(sabotage);
      const args = ['tools/verify.ts', '--dist', build.dist, '--only', sabotage.trial.says];
      const bound = { cwd: ROOT, env: process.env, timeoutMs: ONE_TIMEOUT_MS - TELLING_MS };
      const { code, output } = await runProgram(process.execPath, args, bound);

      expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('FAIL') });
    },
    ONE_TIMEOUT_MS,
  );

  const isFound = async (sabotage: Sabotage): Promise<void> => {
    const { trial, throws } = sabotage;
    await using build = await sabotagedBuild(sabotage);
    const { verdicts, output } = await triedOn(build.root, trial.says, ONE_TIMEOUT_MS - TELLING_MS);
    const failed = rowsOf(verdicts, trial).filter(({ outcome }) => outcome === 'fail');
    // A trial that threw has not seen what was broken, unless the sabotage says that this is how it is seen.
    const seen = failed.filter(({ threw, measured }) => (threw ? throws?.test(measured) === true : true));

    if (seen.length === 0) throw new Error(`"${trial.says}" has not seen it:\n${output}`);
  };
  it.each(SABOTAGES.filter(measuresTime))('fails at $trial.promise when the store $does', isFound, ONE_TIMEOUT_MS);

  // Two at once, each on a stage of its own: a neighbour makes an answer late, and no other one.
  it.concurrent.each(SABOTAGES.filter((sabotage) => !measuresTime(sabotage)))(
    'fails at $trial.promise when the store $does',
    isFound,
    ONE_TIMEOUT_MS,
  );
});
