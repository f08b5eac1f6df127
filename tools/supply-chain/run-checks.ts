import type { Check } from './checks.ts';
import { describeFinding } from './finding.ts';

/**
 * Runs them all at once, because the slow ones wait for a program of their own; says what each found.
 * @returns the exit code: 1 when anything was found
 * @throws what the first check threw that could not look
 */
export async function runChecks(
  checks: Readonly<Record<string, Check>>,
  say: (line: string) => void = console.log,
): Promise<number> {
  const startedAt = performance.now();
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const findings = await check();
      return { name, findings, elapsedMs: performance.now() - startedAt };
    }),
  );
  for (const { name, findings, elapsedMs } of results) {
    say(`${findings.length === 0 ? 'ok' : 'BLOCKED'}  ${name} (after ${(elapsedMs / 1000).toFixed(1)} s)`);
    for (const finding of findings) say(describeFinding(finding));
  }
  return results.every(({ findings }) => findings.length === 0) ? 0 : 1;
}
