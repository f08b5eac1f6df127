import { readFileSync } from 'node:fs';
import { runProgram } from '../../tools/process/run-program.ts';
import { Refusal } from '../../tools/process/refusal.ts';

/** Who computes where. */
export interface Cores {
  /** The server that is measured has it for itself. */
  readonly server: number;
  /** Load, Postgres and Redis: all the others. */
  readonly load: readonly number[];
}

/**
 * The last core for the server: the first one usually serves the machine's interrupts.
 * @param allowed as `Cpus_allowed_list` of /proc/self/status has it: `0-3,6`
 * @throws Refusal for fewer than two: load and server would measure each other
 */
export function coresIn(allowed: string): Cores {
  const all = allowed
    .trim()
    .split(',')
    .flatMap((range) => {
      const [first = NaN, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
  const server = all.at(-1);
  if (server === undefined || all.length < 2) {
    throw new Refusal(
      'This process may use one core only. Server and load need one each: on one they measure each other.',
    );
  }
  return { server, load: all.slice(0, -1) };
}

/** @throws Refusal where CPU can't be measured, with what would be missing */
export function coresOfThisProcess(): Cores {
  if (process.platform !== 'linux') {
    throw new Refusal(
      `On ${process.platform} there is no /proc: CPU of a request, which is what verdicts go by, memory and descriptors\n` +
        'can not be measured, and processes not be pinned to cores. Run the benchmark on Linux.',
    );
  }
  const status = readFileSync('/proc/self/status', 'utf8');
  return coresIn(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? '');
}

/** What starts a program that ends with us, also when we are killed. Of util-linux, like taskset. */
export const WITH_US = ['setpriv', '--pdeathsig', 'KILL', '--'] as const;

/** The same, on these cores alone. */
export const onCores = (cores: readonly number[]): readonly string[] => [
  ...WITH_US,
  'taskset',
  '--cpu-list',
  cores.join(','),
];

/** This process, and what it starts from now on unless it is pinned elsewhere. @throws Refusal without taskset */
export async function pinThisProcess({ load }: Cores): Promise<void> {
  const options = { timeoutMs: 10_000 };
  const args = ['--all-tasks', '--cpu-list', '--pid', load.join(','), String(process.pid)];
  const outcome = await runProgram('taskset', args, options).catch((error: unknown) => {
    throw new Refusal('taskset is not installed (on Debian: apt-get install util-linux).', { cause: error });
  });
  if (outcome.code !== 0) throw new Refusal(`taskset: ${outcome.output}`);
}
