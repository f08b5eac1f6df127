import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PARTS } from '../../../bench/ladder/ladder.js';
import type { Results } from '../../../bench/report/results.js';
import { pollUntil } from '../../../tools/process/wait.js';
import { processesNaming } from '../../deploy/topology/left-behind.js';
import { ROOT } from '../support/spawn-service.js';

/** Postgres of its own, starts and slices; on a busy machine many times that. */
const RUN_TIMEOUT_MS = 180_000;

/** In the command lines of what a run has started by the time when it measures, but for Redis, which not everybody has. */
const PARTS_OF_A_RUN = ['bench/bench.ts', 'bin/postgres', 'bench/load/main.ts', 'bundle/apps/store/src/main.js'];

const describeOnTwoCores = process.platform === 'linux' && availableParallelism() > 1 ? describe : describe.skip;

describeOnTwoCores('npm run bench', () => {
  let folder: string;
  let child: ChildProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mainstay-bench-test-'));
    await chmod(folder, 0o711); // passed by Postgres, which may be another account's
  });
  afterEach(() => void child.kill('SIGKILL'));
  afterAll(() => rm(folder, { recursive: true }));

  /** All that the run starts names the folder, whoever its parent is: it stands there, or has it in its environment. */
  function bench(...args: string[]) {
    const run = spawn(process.execPath, [join(ROOT, 'bench/bench.ts'), ...args], {
      cwd: folder,
      env: { ...process.env, TMPDIR: folder, PATH: [process.env['PATH'], folder].join(delimiter) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = run;
    const told: string[] = [];
    const shown: string[] = [];
    createInterface(run.stdout).on('line', (line) => told.push(line));
    createInterface(run.stderr).on('line', (line) => shown.push(line));
    const ended = once(run, 'close').then(([code]) => code as number | null);
    return { told, shown, ended };
  }
  const commandLines = (): string[] => processesNaming(folder).map(({ commandLine }) => commandLine);
  const temporaryFolders = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.startsWith('mainstay-'));

  it(
    'measures a case in rounds, and says how its targets stand',
    async () => {
      const file = join(folder, 'results.json');
      const { told, shown, ended } = bench('--quick', '--only', 'by-id', '--json', file);

      expect({ code: await ended, shown }).toMatchObject({ code: 0 });
      const { cases, quick } = JSON.parse(await readFile(file, 'utf8')) as Results;
      const [slices] = cases.map(({ samples }) => samples.map((each) => [each.contender, each.slices.length]));
      expect(quick).toBe(true);
      expect(slices).toEqual([
        ['Fastify + pg', 6],
        ['Mainstay', 3],
      ]);
      for (const slice of cases.flatMap(({ samples }) => samples.flatMap((each) => each.slices))) {
        expect(slice.cpuMicroseconds).toBeGreaterThan(1);
        expect(slice.perSecond).toBeGreaterThan(1);
        expect(slice.rssMb).toBeGreaterThan(10);
      }
      expect(told.join('\n')).toMatch(/product by id from Postgres: CPU .*(met|missed|inconclusive)/);
    },
    RUN_TIMEOUT_MS,
  );

  it(
    'profiles a store that is asked for three times what it can',
    async () => {
      const file = join(folder, 'profile.json');
      // Not the quick warm-up: a store that grows quicker while it is asked has more room than a peak of before leaves.
      const { told, shown, ended } = bench('--rounds', '3', '--profile', 'overload', '--json', file);

      expect({ code: await ended, shown }).toMatchObject({ code: 0 });
      const { profile } = JSON.parse(await readFile(file, 'utf8')) as Results;
      expect(profile?.answers).toBeGreaterThan(1);
      expect(profile?.refused).toBeGreaterThan(1);
      expect(profile?.spent.map(({ name }) => name)).toContain('refuseOverloaded');
      expect(told.join('\n')).toContain('refusals included');
    },
    RUN_TIMEOUT_MS,
  );

  it(
    'leaves nothing behind when it is interrupted',
    async () => {
      const { shown, ended } = bench('--quick', '--only', 'by-id');
      const allAreSeen = async () => {
        if (child.exitCode !== null) throw new Error(`It has ended already: ${shown.join('\n')}`);
        const parts = [...PARTS_OF_A_RUN, ...(shown.some((line) => line.includes('no redis-server')) ? [] : ['redis'])];
        const lines = commandLines();
        return parts.every((part) => lines.some((line) => line.includes(part))) ? true : null;
      };
      // What is not seen while it runs would not be missed afterwards.
      expect(await pollUntil(allAreSeen, { timeoutMs: RUN_TIMEOUT_MS / 2 })).toBe(true);
      expect(await temporaryFolders()).toHaveLength(1);
      child.kill('SIGINT');

      expect(await ended).toBe(130);
      expect(commandLines()).toEqual([]);
      expect(await temporaryFolders()).toEqual([]);
    },
    RUN_TIMEOUT_MS,
  );

  it('has a ladder whose parts are those of the pipeline', async () => {
    const env = { ...process.env, LADDER: PARTS.join(',') };
    child = spawn(process.execPath, [join(ROOT, 'bench/servers/ladder.mjs')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(child.stdout as never), 'line')) as [string];
    const answer = await fetch(`${(JSON.parse(line) as { url: string }).url}/v1/tiny`);

    expect(await answer.text()).toBe('{"status":"ok"}');
    const names = ['x-request-id', 'content-security-policy', 'ratelimit', 'ratelimit-policy'];
    expect(names.filter((name) => !answer.headers.has(name))).toEqual([]);
  });
});
