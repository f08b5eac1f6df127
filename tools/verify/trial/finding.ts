import type { Finding } from './trial.ts';

const EXAMPLES_MAX = 3;

/** Something was counted, and each that is not as it should be is told. */
export function allOf(count: number, what: string, faults: readonly string[], gaps: readonly string[] = []): Finding {
  const bound = `all of ${count} ${what}`;
  if (count === 0) return { measured: `no ${what} to try`, bound: 'at least one', holds: false, gaps };
  if (faults.length === 0) return { measured: `${count} of ${count} ${what}`, bound, holds: true, gaps };
  const more = faults.length > EXAMPLES_MAX ? `; and ${faults.length - EXAMPLES_MAX} more` : '';
  const told = faults.slice(0, EXAMPLES_MAX).join('; ');
  return { measured: `${faults.length} not: ${told}${more}`, bound, holds: false, gaps };
}

/** A finding of several facts, each with what it should be. */
export interface Fact {
  readonly measured: string;
  readonly bound: string;
  readonly holds: boolean;
}

export const fact = (what: string, measured: unknown, bound: unknown): Fact => ({
  measured: `${what} ${String(measured)}`,
  bound: `${what} ${String(bound)}`,
  holds: Object.is(measured, bound) || String(measured) === String(bound),
});

/** A time, in milliseconds, that must not be longer. */
export const within = (what: string, ms: number, maxMs: number): Fact => ({
  measured: `${what} ${Math.round(ms)} ms`,
  bound: `${what} ≤ ${maxMs} ms`,
  holds: ms <= maxMs,
});

/** A time, in milliseconds, that must be neither shorter nor longer. */
export const between = (what: string, ms: number, minMs: number, maxMs: number): Fact => ({
  measured: `${what} ${Math.round(ms)} ms`,
  bound: `${what} ${minMs} to ${maxMs} ms`,
  holds: ms >= minMs && ms <= maxMs,
});

export const atMost = (what: string, value: number, max: number): Fact => ({
  measured: `${what} ${value}`,
  bound: `${what} ≤ ${max}`,
  holds: value <= max,
});

export const atLeast = (what: string, value: number, min: number): Fact => ({
  measured: `${what} ${value}`,
  bound: `${what} ≥ ${min}`,
  holds: value >= min,
});

/** All facts as one. */
export const together = (facts: readonly Fact[], gaps: readonly string[] = []): Finding => ({
  measured: facts.map(({ measured, holds }) => (holds ? measured : `✗ ${measured}`)).join('; '),
  bound: facts.map(({ bound }) => bound).join('; '),
  holds: facts.every(({ holds }) => holds),
  gaps,
});
