import type { Checkout } from './checkout.ts';
import { pascal } from './names/names.ts';

/** Between two migrations that are written one after the other, in milliseconds: so much that one may come between them. */
const STEP_MS = 60_000;
const MIGRATION = /\/(?:retired-)?migrations\/(?:waiting\/)?(\d{13})-([a-z0-9-]+)\.ts$/;

export interface MigrationName {
  /** `1795704060000-create-reviews`. */
  readonly file: string;
  readonly class: string;
}

/** After all that there are, by a step, so that two runs of the generator say the same; or the name that it has already. */
export function migrationNameOf(checkout: Checkout, module: string): MigrationName {
  const times: number[] = [];
  let own: number | undefined;
  for (const file of ['libs', 'apps'].flatMap((folder) => checkout.filesBelow(folder))) {
    const [, digits, what] = MIGRATION.exec(file) ?? [];
    if (digits === undefined) continue;
    times.push(Number(digits));
    if (what === `create-${module}` && file.startsWith(`libs/modules/${module}/`)) own = Number(digits);
  }
  const time = own ?? Math.max(0, ...times) + STEP_MS;
  return { file: `${time}-create-${module}`, class: `Create${pascal(module)}${time}` };
}
