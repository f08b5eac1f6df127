import { namesOf, type Names } from '../names/names.ts';
import type { ModulePlan } from '../view.ts';
import { namesIn } from './declared-names.ts';
import { filledTemplates } from './render-module.ts';

/** A name that no template has: what a file declares under it is what the template declares by itself. */
const NOBODYS = namesOf('zzyzxes', 'zzyzx');
const IDENTIFIERS = ['entityCamel', 'entitiesCamel', 'Entity', 'Entities', 'builder'] as const;

/**
 * Names that a file of the module would give to two things: a `page` beside the page that a list gives, or a class `Cache`
 * beside the platform's.
 */
export async function clashesWithTemplates(plan: ModulePlan): Promise<readonly string[]> {
  const files = await filledTemplates({ ...plan, names: NOBODYS });
  const clashing = new Set(
    files.filter(({ path }) => path.endsWith('.ts')).flatMap(({ text }) => clashesIn(text, plan.names)),
  );
  return clashing.size === 0
    ? []
    : [
        `${[...clashing].join(', ')}: every module uses that name for something else; choose another name, or --singular.`,
      ];
}

function clashesIn(text: string, names: Names): string[] {
  const { declared, used } = namesIn(text);
  return IDENTIFIERS.filter((form) => declared.has(names[form]) && used.has(NOBODYS[form])).map((form) => names[form]);
}
