import { parseArgs } from 'node:util';
import { refusal } from './usage.ts';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;
/** Some rounds of all faults. A verdict takes more: ten minutes of a soak are its warm-up (`report/soak.ts`). */
const SOAK_MS = { min: 5 * 60_000, max: 24 * 3_600_000 };
const ROUNDS = { min: 3, max: 1_000 };

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  quick: flag,
  ladder: flag,
  save: flag,
  only: text,
  awake: text,
  rounds: text,
  soak: text,
  profile: text,
  json: text,
  render: text,
} as const;

export type Values = ReturnType<typeof parse>;

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS }).values;

/** As they were given. What is empty is what a shell makes of a variable that is not set: never meant. */
export function valuesIn(args: readonly string[]): Values {
  let values: Values;
  try {
    values = parse(args);
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error), error);
  }
  const empty = Object.entries(values).find(([, value]) => typeof value === 'string' && value.trim() === '');
  if (empty) throw refusal(`--${empty[0]} must not be empty`);
  return values;
}

export function roundsIn(value: string): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
  if (number >= ROUNDS.min && number <= ROUNDS.max) return number;
  throw refusal(`--rounds must be a whole number from ${ROUNDS.min} to ${ROUNDS.max}, not "${value}"`);
}

/** `300s`, `15m`, `8h`, in milliseconds. */
export function durationIn(value: string): number {
  const [, number = '', unit] = /^(\d{1,6})([smh])$/.exec(value) ?? [];
  const ms = Number(number) * UNIT_MS[(unit ?? 's') as keyof typeof UNIT_MS];
  if (unit === undefined || ms < SOAK_MS.min || ms > SOAK_MS.max) {
    throw refusal(`--soak must be a time from 5m to 24h, such as 15m, not "${value}"`);
  }
  return ms;
}

export function filesIn(value: string): readonly string[] {
  const files = value.split(',');
  if (files.includes('')) throw refusal(`--render must name files of results, with commas, and not "${value}"`);
  return files;
}
