/** Regular expressions that an input can keep busy (ReDoS): exponential or polynomial in the length of the text. */
import type { Expression } from './expressions.ts';
import type { Finding } from './finding.ts';

/** For one expression. Most take milliseconds, the slowest a second; a busy machine must not leave it undecided. */
const DECISION_TIMEOUT_MS = 60_000;

// In this process and without a JVM or a native program, so that each platform decides alike. Read at the first check.
process.env['RECHECK_BACKEND'] = 'pure';
const { checkSync } = await import('recheck');

export function findSlow(expression: Expression, timeoutMs = DECISION_TIMEOUT_MS): readonly Finding[] {
  const verdict = checkSync(expression.source, expression.flags, { timeout: timeoutMs });
  const where = `${expression.where} /${expression.source}/${expression.flags}`;
  if (verdict.status === 'safe') return [];
  if (verdict.status === 'vulnerable') {
    const { complexity, attack } = verdict;
    const problem = `takes ${complexity.summary} time, for example on ${attack.pattern}`;
    return [{ where, problem, wayOut: 'Make its repetitions unambiguous or bound them, or parse by hand.' }];
  }
  const problem = `could not be decided within ${timeoutMs} ms (${verdict.error.kind})`;
  return [{ where, problem, wayOut: 'Write it simpler: an expression that can be decided.' }];
}
