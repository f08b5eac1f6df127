import { parseArgs } from 'node:util';
import { Refusal } from '../tools/process/refusal.ts';

export const USAGE = `Usage: npm run bench -- [options]

  --quick           about a minute, to see that all works: no figures to quote
  --only <names>    these measurements alone, with commas: tiny, by-id, list, cached, page, order, authenticated, tracing,
                    tiny-shared, cached-shared, start, overload
  --rounds <n>      of each case, 3 to 1000 (15)
  --ladder          the parts of the pipeline, switched on one at a time
  --soak <time>     so long under load with faults, 1m to 24h: memory, descriptors, sockets, listeners, pool
  --profile <case>  where the CPU of a case's target goes, by function: tiny, by-id, cached, page or order
  --json <file>     writes all samples there
  --save            writes them to bench/results/
  --render <files>  measures nothing: writes the figures of such files, with commas, into docs/performance.md`;

/** The names of what is measured beside the cases. */
export const OTHERS = ['start', 'overload'] as const;

export type Mode =
  | { readonly do: 'compare'; readonly only: readonly string[] | null }
  | { readonly do: 'ladder' }
  | { readonly do: 'soak'; readonly durationMs: number }
  | { readonly do: 'profile'; readonly name: string }
  | { readonly do: 'render'; readonly files: readonly string[] };

export interface Options {
  readonly mode: Mode;
  readonly quick: boolean;
  readonly rounds: number | null;
  readonly json: string | null;
  readonly save: boolean;
}

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;
const SOAK_MS = { min: 60_000, max: 24 * 3_600_000 };
const ROUNDS = { min: 3, max: 1_000 };

/** @throws Refusal that names what is wrong, and shows the usage */
export function optionsIn(args: readonly string[], known: readonly string[]): Options {
  const values = parsed(args);
  const modes = (['ladder', 'soak', 'profile', 'render', 'only'] as const).filter((name) => values[name] !== undefined);
  if (modes.length > 1) throw refusal(`--${modes.join(' and --')} do not go together`);
  return {
    mode: modeIn(values, known),
    quick: values.quick ?? false,
    rounds: values.rounds === undefined ? null : wholeNumber('--rounds', values.rounds, ROUNDS),
    json: values.json ?? null,
    save: values.save ?? false,
  };
}

function modeIn({ ladder, soak, profile, render, only }: Values, known: readonly string[]): Mode {
  if (render !== undefined) return { do: 'render', files: render.split(',') };
  if (soak !== undefined) return { do: 'soak', durationMs: durationIn(soak) };
  if (profile !== undefined) return { do: 'profile', name: profile };
  if (ladder) return { do: 'ladder' };
  if (only === undefined) return { do: 'compare', only: null };
  const names = only.split(',');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw refusal(`nothing is called "${unknown}"`);
  return { do: 'compare', only: names };
}

/** `90s`, `15m`, `8h`, in milliseconds. */
export function durationIn(text: string): number {
  const [, number = '', unit] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const ms = Number(number) * UNIT_MS[(unit ?? 's') as keyof typeof UNIT_MS];
  if (unit === undefined || ms < SOAK_MS.min || ms > SOAK_MS.max) {
    throw refusal(`--soak must be a time from 1m to 24h, such as 15m, not "${text}"`);
  }
  return ms;
}

function wholeNumber(name: string, text: string, { min, max }: { min: number; max: number }): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (number >= min && number <= max) return number;
  throw refusal(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
}

type Values = ReturnType<typeof parsed>;

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    quick: flag,
    ladder: flag,
    save: flag,
    only: text,
    rounds: text,
    soak: text,
    profile: text,
    json: text,
    render: text,
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error), error);
  }
}

const refusal = (reason: string, cause?: unknown): Refusal => new Refusal(`${reason}.\n\n${USAGE}`, { cause });
