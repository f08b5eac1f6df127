import type { Checkout } from './checkout.ts';
import { pascal } from './names/names.ts';

const MIGRATION = /\/(?:retired-)?migrations\/(?:waiting\/)?(\d{13})-([a-z0-9-]+)\.ts$/;

export interface MigrationName {
  /** `1795704060000-create-reviews`. */
  readonly file: string;
  readonly class: string;
}

/**
 * Now, or after all that there are: a module that was thrown away and is made again with other fields is another migration to
 * the databases that have run the first, and so are those of two branches. A module that is there keeps the name it has, so
 * that a second run writes the same.
 */
export function migrationNameOf(checkout: Checkout, module: string, nowMs: number): MigrationName {
  const times: number[] = [];
  let own: number | undefined;
  for (const file of ['libs', 'apps'].flatMap((folder) => checkout.filesBelow(folder))) {
    const [, digits, what] = MIGRATION.exec(file) ?? [];
    if (digits === undefined) continue;
    times.push(Number(digits));
    if (what === `create-${module}` && file.startsWith(`libs/modules/${module}/`)) own = Number(digits);
  }
  const time = own ?? Math.max(nowMs, ...times.map((each) => each + 1));
  return { file: `${time}-create-${module}`, class: `Create${pascal(module)}${time}` };
}
