import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import type { Change } from '../file-changes/change.ts';
import { withoutModule } from './composition.ts';
import { dependantsOf } from './dependants.ts';
import { changedFiles, everCommitted } from './git.ts';
import { COMPOSITION, isAmong, moduleIn, type ModuleParts } from './module-parts.ts';
import { listed, type Place } from './place.ts';
import type { RemovalRequest } from './request.ts';
import { retirementOf } from './retirement.ts';

const FILES_SHOWN_MAX = 40;
/** What `npm run docs` writes: a generated module has changed it, and its removal changes it back. */
const DOCUMENTS =
  /^(?:docs\/|\.env\.example$|deploy\/observability\/grafana\/dashboards\/|deploy\/kubernetes\/components\/observability\/)/;

/** All that a removal does, and what is to be said of it. */
export interface Removal {
  readonly changes: readonly Change[];
  /** Where in the checkout what goes is kept, because no commit has it as it is; null where Git has it all. */
  readonly keptIn: string | null;
  readonly remarks: readonly string[];
}

/** @throws Refusal for a module that others need, changes that would be mixed up with the removal, or no such module */
export async function removalOf(checkout: string, request: RemovalRequest, nowMs: number): Promise<Removal> {
  const module = moduleIn(checkout, request.module);
  const composition = readFileSync(join(checkout, COMPOSITION), 'utf8');
  const { text: remaining, places } = withoutModule(composition, module.name);
  refuse(module.name, [...places, ...(await dependantsOf(checkout, module))]);
  const committed = await everCommitted(checkout, module.migrations);
  const changed = await changedFiles(checkout);
  if (!request.force) refuseOtherWork(changed, module, committed.length > 0);
  const isOnlyHere = changed.some((file) => isAmong(file, module.paths));
  const keptIn = isOnlyHere
    ? `.data/removed-${module.name}-${new Date(nowMs).toISOString().replaceAll(':', '-')}`
    : null;
  const keeps = { keep: true, forget: false, 'as-git-knows': committed.length > 0 }[request.migrations];
  const retirement = keeps && module.migrations.length > 0 ? retirementOf(checkout, module, nowMs) : null;
  return {
    changes: [
      ...(retirement?.written ?? []).map((file): Change => ({ do: 'write', ...file })),
      ...(retirement?.moved ?? []).map((file): Change => ({ do: 'move', ...file })),
      ...(remaining === composition ? [] : [{ do: 'write', path: COMPOSITION, text: remaining } as const]),
      ...module.paths.map((path): Change => ({ do: 'remove', path })),
    ],
    keptIn,
    remarks: [
      ...(keptIn === null
        ? []
        : [`No commit has all that is removed: it is kept in ${keptIn}, until you delete that.`]),
      ...remarksOn(module, committed.length > 0, retirement !== null),
    ],
  };
}

function refuse(name: string, places: readonly Place[]): void {
  if (places.length === 0) return;
  throw new Refusal(
    `${name} is needed, or named, outside of what goes with it:\n${listed(places)}\nThat has to change first. Nothing was removed.`,
  );
}

/** Of a module that was never committed the whole is other work's opposite: what the generator wrote is what goes. */
function refuseOtherWork(changed: readonly string[], module: ModuleParts, isCommitted: boolean): void {
  const own = [...module.paths, COMPOSITION];
  const others = changed.filter((file) => (isCommitted || !isAmong(file, own)) && !DOCUMENTS.test(file));
  if (others.length === 0) return;
  const shown = others.slice(0, FILES_SHOWN_MAX).map((file) => `  ${file}`);
  throw new Refusal(
    `There are changes that are not committed, and the removal would be mixed up with them:\n${shown.join('\n')}\n` +
      'Commit them first, or say --force. Nothing was removed.',
  );
}

function remarksOn({ name, migrations }: ModuleParts, isCommitted: boolean, isKept: boolean): string[] {
  if (migrations.length === 0) return [`${name} has no migrations.`];
  const known = isCommitted
    ? `Git has commits with the migrations of ${name}: databases may have run them.`
    : `No commit has the migrations of ${name}: only a database of this checkout can have run them.`;
  if (!isKept) {
    return [
      known,
      'They are forgotten. A database that has run them is refused as soon as later migrations come: start over with it.',
    ];
  }
  return [
    known,
    'They are kept in apps/store/src/retired-migrations: no database becomes unknown, and no row is deleted.',
    `What drops the schema waits in waiting/. In a later release: npm run remove:module -- ${name} --drop-schema`,
  ];
}
