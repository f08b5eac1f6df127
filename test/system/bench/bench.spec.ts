import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PARTS } from '../../../bench/ladder/ladder.js';
import type { Results } from '../../../bench/report/results.js';
import { ROOT } from '../support/spawn-service.js';

/** Postgres of its own, starts and slices; on a busy machine many times that. */
const RUN_TIMEOUT_MS = 180_000;

const describeOnTwoCores = process.platform === 'linux' && availableParallelism() > 1 ? describe : describe.skip;

/** Of this checkout's benchmark, by their process ids. */
async function processes(): Promise<ReadonlyMap<string, string>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commandLine = (pid: string) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const found = await Promise.all(pids.map(async (pid) => [pid, await commandLine(pid)] as const));
  return new Map(found.filter(([, line]) => line.includes(join(ROOT, 'bench/'))));
}

describeOnTwoCores('npm run bench', () => {
  let folder: string;
  let child: ChildProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mainstay-bench-test-'));
  });
  afterEach(() => void child.kill('SIGKILL'));
  afterAll(() => rm(folder, { recursive: true }));

  function bench(...args: string[]) {
    const run = spawn(process.execPath, [join(ROOT, 'bench/bench.ts'), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = run;
    const told: string[] = [];
    const shown: string[] = [];
    createInterface(run.stdout).on('line', (line) => told.push(line));
    const progress = createInterface(run.stderr).on('line', (line) => shown.push(line));
    const ended = once(run, 'close').then(([code]) => code as number | null);
    const step = async (name: string): Promise<void> => {
      while (!shown.some((line) => line.trim().startsWith(name))) await once(progress, 'line');
    };
    return { told, shown, step, ended };
  }

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
    'leaves nothing behind when it is interrupted',
    async () => {
      const before = await processes();
      const { step, ended } = bench('--quick', '--only', 'tiny');
      await step('redis');
      child.kill('SIGINT');

      expect(await ended).toBe(130);
      const left = [...(await processes())].filter(([pid]) => !before.has(pid));
      expect(left).toEqual([]);
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
