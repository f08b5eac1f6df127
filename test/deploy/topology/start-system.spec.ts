import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeWith, steadyPort } from '#platform/testing';
import { PROGRAMS } from '../../../tools/start-system/programs.ts';
import { ToolRun } from '../../../tools/start/testing/tool-run.ts';
import { ROOT } from '../../architecture/survey.js';
import { takePort } from '../../system/support/free-port.js';
import { isListening, processesNaming } from './left-behind.js';

/** Some 15 s on two cores of their own; the smoke test waits for scrapes besides. */
const UP_TIMEOUT_MS = 90_000;
const RUN_TIMEOUT_MS = 180_000;
const UP = 'The system is up.';
/** How the lines begin that say a server is healthy. */
const POSTGRES = ['  postgres  ', '  recommender-postgres  '];

describeWith(PROGRAMS, 'npm run start:system', () => {
  /** What a run writes, and what its processes are known by. */
  let folder: string;
  let port: number;
  let runs: ToolRun[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'start-system-'));
    await chmod(folder, 0o755); // Postgres may run as somebody else
    port = await steadyPort();
    runs = [];
  });
  afterEach(async () => {
    for (const run of runs) run.child.kill('SIGKILL');
    await Promise.all(runs.map((run) => run.ended));
    for (const { pid } of processesNaming(folder)) process.kill(pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  const start = (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): ToolRun => {
    const run = new ToolRun(ROOT, ['tools/start-system.ts', ...args], { TMPDIR: folder, PORT: String(port), ...env });
    runs.push(run);
    return run;
  };
  /** Those that the run has told of, and has for itself: what docker-compose.yml publishes may be another's a moment later. */
  const portsIn = ({ output }: ToolRun): number[] =>
    [...output.matchAll(/http:\/\/127\.0\.0\.1:(\d+)/g)]
      .map(([, text]) => Number(text))
      .filter((each) => each >= 15_000);
  const leavesNothing = async (run: ToolRun): Promise<void> => {
    expect(processesNaming(folder)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
    for (const each of [port, ...portsIn(run)]) expect([each, await isListening(each)]).toEqual([each, false]);
  };

  it(
    'passes a smoke test by way of the balancer, stops, and leaves nothing',
    async () => {
      const run = start(['--smoke']);
      const code = await run.ended;

      expect(run.output).not.toContain('FAIL');
      expect(run.output).toMatch(/^ {2}(\d\d) of \1 hold\.$/m);
      expect(code).toBe(0);
      await leavesNothing(run);
    },
    RUN_TIMEOUT_MS,
  );

  it(
    'serves until it is told to end, and leaves nothing',
    async () => {
      const run = start();
      await run.printed(UP, UP_TIMEOUT_MS);
      const running = processesNaming(folder).map(({ commandLine }) => commandLine);
      const answer = await fetch(`http://127.0.0.1:${port}/v1/products?limit=1`);
      run.child.kill('SIGTERM');
      const code = await run.ended;

      const count = (name: RegExp): number => running.filter((each) => name.test(each)).length;
      expect([/store\/src\/main\.js$/, /recommender\/src\/main\.js$/, /^haproxy /, /redis-server /].map(count)).toEqual(
        [2, 1, 1, 1],
      );
      expect(answer.status).toBe(200);
      expect(portsIn(run).length).toBeGreaterThan(2);
      expect(run.output).toContain('stopped; nothing is left');
      expect(code).toBe(0);
      await leavesNothing(run);
    },
    RUN_TIMEOUT_MS,
  );

  it(
    'ends as a whole when a part of it dies, says which, and leaves nothing',
    async () => {
      const run = start();
      await run.printed(UP, UP_TIMEOUT_MS);
      const stores = processesNaming(folder).filter(({ commandLine }) => commandLine.endsWith('store/src/main.js'));
      process.kill(stores[0]?.pid ?? NaN, 'SIGKILL');
      const code = await run.ended;

      expect(run.output).toMatch(/^store-[12] ended by itself, with signal SIGKILL\.$/m);
      expect(run.output).toMatch(/^The last lines of store-[12]:\n {2}\{/m);
      expect(code).toBe(1);
      await leavesNothing(run);
    },
    RUN_TIMEOUT_MS,
  );

  it(
    'may be called off while it starts, and leaves nothing, also of a run before it that was killed',
    async () => {
      const killed = start();
      for (const server of POSTGRES) await killed.printed(server);
      killed.child.kill('SIGKILL');
      await killed.ended;
      const left = await readdir(folder);
      const run = start();
      for (const server of POSTGRES) await run.printed(server);
      run.child.kill('SIGINT');

      expect(await run.ended).toBe(130);
      expect(left).not.toEqual([]);
      expect(run.output).not.toContain(UP);
      await leavesNothing(run);
    },
    RUN_TIMEOUT_MS,
  );

  it('refuses a port that is taken, and says how to choose another', async () => {
    const taken = await takePort();
    const run = start([], { PORT: String(taken.port) });
    const code = await run.ended;
    await taken.release();

    expect(run.output).toContain(`Port ${taken.port} (PORT) is in use by another program`);
    expect(code).toBe(1);
    await leavesNothing(run);
  });

  it('names the packages of what is not installed', async () => {
    const run = start([], { PATH: folder });

    expect(await run.ended).toBe(1);
    expect(run.output).toMatch(/On Debian: apt-get install redis-server .*prometheus/);
    await leavesNothing(run);
  });
});
