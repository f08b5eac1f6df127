import { explain } from '../process/refusal.ts';
import { pollUntil } from '../process/wait.ts';
import { checksOf } from './smoke/checks.ts';
import type { System } from './system.ts';

/** Two scrapes of Prometheus' own interval are 30 s, and Alertmanager waits 15 s for others of a page. */
const CHECK_TIMEOUT_MS = 60_000;

/** A question to the whole system. Asked again and again until it holds, or until the bound. */
export interface Check {
  readonly what: string;
  /** What was found, in a few words. @throws Error with what was found instead */
  readonly ask: () => Promise<string>;
}

interface Verdict {
  readonly what: string;
  readonly holds: boolean;
  readonly found: string;
}

/** Asks all at once, prints a table, and gives the exit code. @throws what the signal was aborted with */
export async function smoke(system: System, signal: AbortSignal, print: (text: string) => void): Promise<0 | 1> {
  const checks = await checksOf(system);
  const verdicts = await Promise.all(checks.map((check) => verdictOn(check, signal)));
  print(`\n${tableOf(verdicts)}\n`);
  return verdicts.every(({ holds }) => holds) ? 0 : 1;
}

async function verdictOn({ what, ask }: Check, signal: AbortSignal): Promise<Verdict> {
  let found = 'nothing';
  const again = async (): Promise<string | null> => {
    try {
      return await ask();
    } catch (error) {
      found = explain(error).split('\n')[0] ?? '';
      return null;
    }
  };
  const holding = await pollUntil(again, { timeoutMs: CHECK_TIMEOUT_MS, signal });
  return { what, holds: holding !== null, found: holding ?? found };
}

export function tableOf(verdicts: readonly Verdict[]): string {
  const width = Math.max(...verdicts.map(({ what }) => what.length));
  const rows = verdicts.map(
    ({ what, holds, found }) => `  ${holds ? 'ok  ' : 'FAIL'}  ${what.padEnd(width)}  ${found}`,
  );
  const failed = verdicts.filter(({ holds }) => !holds).length;
  const sum = `  ${verdicts.length - failed} of ${verdicts.length} hold.`;
  return [...rows, sum, ''].join('\n');
}
