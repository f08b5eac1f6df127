import { parseArgs } from 'node:util';
import { Refusal } from '../process/refusal.ts';

/** What becomes of a module's migrations: as Git has them, or as somebody who knows better says. */
export type MigrationsWish = 'as-git-knows' | 'keep' | 'forget';

export interface RemovalRequest {
  readonly module: string;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly skipDocs: boolean;
  /** The later step: take the migration that drops the schema of a module that is gone. */
  readonly dropSchema: boolean;
  readonly migrations: MigrationsWish;
}

export const USAGE = `Usage: npm run remove:module -- <module> [--dry-run] [--force] [--skip-docs] [--keep-migrations | --forget-migrations]
       npm run remove:module -- <module> --drop-schema [--dry-run]
Example: npm run remove:module -- reviews --dry-run`;

/** @throws Refusal that names what is wrong, and shows the usage */
export function removalRequestIn(args: readonly string[]): RemovalRequest {
  const { values, positionals } = parsed(args);
  const [module, ...others] = positionals;
  if (module === undefined || others.length > 0) throw refusal('one module is to be named');
  const { 'keep-migrations': keep, 'forget-migrations': forget, 'drop-schema': dropSchema } = values;
  if (keep && forget) throw refusal('--keep-migrations and --forget-migrations exclude each other');
  if (dropSchema && (keep || forget)) throw refusal('--drop-schema is for a module whose migrations are kept');
  return {
    module,
    force: values.force,
    dryRun: values['dry-run'],
    skipDocs: values['skip-docs'],
    dropSchema,
    migrations: keep ? 'keep' : forget ? 'forget' : 'as-git-knows',
  };
}

const FLAG = { type: 'boolean', default: false } as const;

function parsed(args: readonly string[]) {
  const options = {
    ...{ force: FLAG, 'dry-run': FLAG, 'skip-docs': FLAG, 'drop-schema': FLAG },
    ...{ 'keep-migrations': FLAG, 'forget-migrations': FLAG },
  };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error), error);
  }
}

const refusal = (reason: string, cause?: unknown): Refusal => new Refusal(`${reason}.\n${USAGE}`, { cause });
