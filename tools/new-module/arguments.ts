import { parseArgs } from 'node:util';
import { Refusal } from '../process/refusal.ts';
import { FIELDS_DEFAULT, FIELDS_MAX, kindsInWords } from './fields/parse-fields.ts';
import type { ModuleRequest } from './plan-module.ts';

export const USAGE = `npm run new:module -- <name> [fields…] [--singular <word>] [--dry-run] [--skip-docs] [--force]

  <name>      in the plural, in kebab-case: reviews, gift-cards
  [fields…]   name:kind, ${FIELDS_MAX} at most, in quotes where there are parentheses; ${FIELDS_DEFAULT.join(' ')} when there are none
              kinds: ${kindsInWords()}
  --singular  what one of them is called, where the plural does not tell
  --dry-run   only says what it would write
  --skip-docs leaves the generated documentation to you (npm run docs)
  --force     works on a tree with changes that are not committed

  npm run new:module -- reviews title:string 'rating:integer(1..5)' 'product:ref(catalog)'
`;

export interface NewModuleArguments {
  readonly request: ModuleRequest;
  readonly dryRun: boolean;
  readonly skipDocs: boolean;
  readonly force: boolean;
}

/** @throws Refusal with the usage, for arguments that are none */
export function argumentsIn(args: readonly string[]): NewModuleArguments {
  const { values, positionals } = parsed(args);
  const [name, ...fields] = positionals;
  if (name === undefined) throw new Refusal(USAGE);
  return {
    request: { name, fields, singular: values.singular ?? null },
    dryRun: values['dry-run'],
    skipDocs: values['skip-docs'],
    force: values.force,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        singular: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        'skip-docs': { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, { cause: error });
  }
}
