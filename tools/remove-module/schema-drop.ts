import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import { isInHead } from './git.ts';
import { modulesIn } from './module-parts.ts';
import type { Removal } from './removal.ts';
import { nextTimestamp, RETIRED, WAITING } from './retirement.ts';

const NAMED = /^(\d{13})-drop-(.+)\.ts$/;

/**
 * Takes the migration that drops the schema of a module that is gone, with a time stamp of today: they have to grow.
 * @throws Refusal when none waits, when the removal itself is not committed, or when a module of this name is back
 */
export async function schemaDropOf(checkout: string, name: string, nowMs: number): Promise<Removal> {
  const waiting = globSync(`${WAITING}/*.ts`, { cwd: checkout }).filter(
    (file) => NAMED.exec(basename(file))?.[2] === name,
  );
  const [file] = waiting;
  if (file === undefined) throw new Refusal(`No migration that drops the schema of ${name} waits in ${WAITING}.`);
  if (modulesIn(checkout).includes(name)) {
    throw new Refusal(`There is a module ${name} again, and it keeps its rows in the schema that would be dropped.`);
  }
  if (!(await isInHead(checkout, file))) {
    throw new Refusal(
      `The removal of ${name} is not committed yet. Release it first: what is dropped in the same release is still asked ` +
        'for by the replicas that it replaces, and there would be no way back.',
    );
  }
  const [, before = ''] = NAMED.exec(basename(file)) ?? [];
  const at = String(nextTimestamp(checkout, nowMs));
  const text = readFileSync(join(checkout, file), 'utf8').replaceAll(before, at);
  return {
    changes: [
      { do: 'write', path: `${RETIRED}/${at}-drop-${name}.ts`, text },
      { do: 'remove', path: file },
    ],
    keptIn: null,
    remarks: [
      `The next migrate drops the schema of ${name}, with all its rows: have a backup of what is still wanted.`,
      'Release it when the removal runs everywhere, and nobody wants to go back to what was before that.',
    ],
  };
}
