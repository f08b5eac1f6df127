import { resolve } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

export const ROOT = resolve(import.meta.dirname, '../..');

/** A broken rule: which import, in which file. */
export interface Breach {
  readonly rule: string;
  readonly file: string;
  readonly imports: string;
}

/** The walls as `npm run walls` reads them. */
export const loadWalls = (): Promise<ICruiseOptions> =>
  extractDepcruiseOptions(resolve(ROOT, '.dependency-cruiser.mjs'));

export const rulesOf = (walls: ICruiseOptions): readonly IForbiddenRuleType[] => walls.ruleSet?.forbidden ?? [];

/** Every breach of the walls in the apps and libs below a folder, and how many files were looked at. */
export async function survey(folder: string, walls: ICruiseOptions): Promise<{ breaches: Breach[]; files: number }> {
  const { output } = await cruise(['apps', 'libs'], { ...walls, baseDir: folder });
  if (typeof output === 'string') throw new Error(`The survey gave no result: ${output}`);
  return { breaches: output.modules.flatMap(breachesIn), files: output.summary.totalCruised };
}

type Module = ICruiseResult['modules'][number];

/** Read from the imports rather than from the summary, which names a circle once, and not each import that closes it. */
const breachesIn = ({ source, dependencies }: Module): Breach[] =>
  dependencies.flatMap(({ protocol, module, rules }) =>
    (rules ?? []).map((rule) => ({ rule: rule.name, file: source, imports: `${protocol ?? ''}${module}` })),
  );
