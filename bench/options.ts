import { refusal } from './options/usage.ts';
import { durationIn, filesIn, roundsIn, type Values, valuesIn } from './options/values.ts';

export { USAGE } from './options/usage.ts';

/** The names of what is measured beside the cases. */
export const OTHERS = ['start', 'overload'] as const;

export type Mode =
  | { readonly do: 'compare'; readonly only: readonly string[] | null; readonly awake?: boolean }
  | { readonly do: 'ladder' }
  | { readonly do: 'soak'; readonly durationMs: number }
  | { readonly do: 'profile'; readonly name: string }
  | { readonly do: 'render'; readonly files: readonly string[] };

export type Measuring = Exclude<Mode, { readonly do: 'render' }>;

export interface Options {
  readonly mode: Mode;
  readonly quick: boolean;
  readonly rounds: number | null;
  readonly json: string | null;
  readonly save: boolean;
}

/** The names that there are. */
export interface Known {
  /** In the order in which they are measured. */
  readonly measurements: readonly string[];
  readonly profiles: readonly string[];
  /** Those of the measurements that ask no store. */
  readonly storeless: readonly string[];
}

const MODES = ['ladder', 'soak', 'profile', 'render', 'only', 'awake'] as const;

/** What a mode takes no notice of: whoever gives it expects something else than what would happen. */
const WITHOUT_EFFECT = {
  render: ['quick', 'rounds', 'json', 'save'],
  soak: ['quick', 'rounds'],
} as const;

/** @throws Refusal that names what is wrong, and shows the usage */
export function optionsIn(args: readonly string[], known: Known): Options {
  const values = valuesIn(args);
  refuseTogether(values);
  return {
    mode: modeIn(values, known),
    quick: values.quick ?? false,
    rounds: values.rounds === undefined ? null : roundsIn(values.rounds),
    json: values.json ?? null,
    save: values.save ?? false,
  };
}

function refuseTogether(values: Values): void {
  const modes = MODES.filter((name) => values[name] !== undefined);
  if (modes.length > 1) throw refusal(`--${modes.join(' and --')} do not go together`);
  for (const mode of ['render', 'soak'] as const) {
    const idle = WITHOUT_EFFECT[mode].filter((name) => values[name] !== undefined);
    if (values[mode] === undefined || idle.length === 0) continue;
    throw refusal(`--${idle.join(' and --')} ${idle.length > 1 ? 'have' : 'has'} no effect with --${mode}`);
  }
  if (values.quick && values.save) throw refusal('a quick run is not kept: --json writes it where you say');
}

function modeIn({ ladder, soak, profile, render, only, awake }: Values, known: Known): Mode {
  if (render !== undefined) return { do: 'render', files: filesIn(render) };
  if (soak !== undefined) return { do: 'soak', durationMs: durationIn(soak) };
  if (profile !== undefined) return { do: 'profile', name: profileIn(profile, known.profiles) };
  if (ladder) return { do: 'ladder' };
  if (awake !== undefined) return { do: 'compare', only: awakeIn(awake, known), awake: true };
  return { do: 'compare', only: only === undefined ? null : namesIn(only, known.measurements) };
}

function profileIn(name: string, profiles: readonly string[]): string {
  if (profiles.includes(name)) return name;
  throw refusal(`there is no profile of "${name}"`);
}

/** A load that never sleeps would take the core that the stores are on. */
function awakeIn(names: string, { measurements, storeless }: Known): readonly string[] {
  const named = namesIn(names, measurements);
  const other = named.find((name) => !storeless.includes(name));
  if (other === undefined) return named;
  throw refusal(`--awake is for what asks no store (${storeless.join(', ')}), and not for "${other}"`);
}

/** Each once, as they are measured: the same in another order is the same, and is saved as that. */
function namesIn(only: string, measurements: readonly string[]): readonly string[] {
  const names = only.split(',');
  const unknown = names.find((name) => !measurements.includes(name));
  if (unknown !== undefined) throw refusal(`nothing is called "${unknown}"`);
  return measurements.filter((name) => names.includes(name));
}
