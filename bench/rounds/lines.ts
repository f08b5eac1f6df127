import { Refusal } from '../../tools/process/refusal.ts';
import type { Contender } from '../cases/case.ts';
import type { ServerProcess } from '../scene/server-process.ts';

const LOST = /^log_lines_dropped_total (\d+)$/m;

/**
 * For a load that waits for each answer.
 * @param before lines that there were when it began
 * @throws Refusal where the log has not a line for each answer; or has any, of a server without one
 */
export async function checkLines(
  { name, logs }: Pick<Contender, 'name' | 'logs'>,
  server: Pick<ServerProcess, 'linesFor'>,
  before: number,
  answers: number,
): Promise<void> {
  const expected = before + (logs ? answers : 0);
  const lines = await server.linesFor(expected);
  if (lines === expected) return;
  throw new Refusal(`${name} has answered ${answers} requests, and logged ${lines - before} of them.`);
}

/**
 * For a load that goes away before all is answered: what it left has lines as well.
 * @throws Refusal where the store itself has counted lines that it has lost
 */
export async function checkNoneLost(server: Pick<ServerProcess, 'name' | 'metrics'>): Promise<void> {
  const lost = LOST.exec(await server.metrics())?.[1];
  if (lost === '0') return;
  throw new Refusal(`${server.name} has lost ${lost ?? 'an unknown number of'} lines of its log.`);
}
