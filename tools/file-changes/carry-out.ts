import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import { told, type Change } from './change.ts';

/**
 * Does all of it, or nothing: what goes is held in a folder of `.data` until the last change is done, and comes back when
 * one fails.
 * @param keepIn a folder in the checkout, not there yet, for what goes: it stays there, by its paths
 * @throws Refusal that names the change that failed; and the folder, when something could not be brought back
 */
export async function carryOut(
  checkout: string,
  changes: readonly Change[],
  { keepIn = null }: { readonly keepIn?: string | null } = {},
): Promise<void> {
  const held = await heldIn(checkout, keepIn);
  const undo: Undo[] = [];
  for (const change of changes) {
    try {
      await carryOutOne(checkout, change, { held, undo });
    } catch (error) {
      await takeBack(undo, { held, cause: error });
      await rm(held, { recursive: true });
      throw new Refusal(
        `Not ${told(change).replace(/ +/, ' ')}: ${reasonOf(error)}. What was done before is taken back.`,
        {
          cause: error,
        },
      );
    }
  }
  if (keepIn === null) await rm(held, { recursive: true });
}

async function heldIn(checkout: string, keepIn: string | null): Promise<string> {
  await mkdir(join(checkout, '.data'), { recursive: true });
  if (keepIn === null) return mkdtemp(join(checkout, '.data', 'removed-'));
  await mkdir(join(checkout, keepIn));
  return join(checkout, keepIn);
}

type Undo = () => Promise<unknown>;

interface Work {
  /** The folder for what goes. */
  readonly held: string;
  /** What takes it back, in the order of what was done. */
  readonly undo: Undo[];
}

/** Without what it is: the system's errors begin with their codes. */
const reasonOf = (error: unknown): string => String(error).replace(/^Error: /, '');

async function takeBack(
  undo: readonly Undo[],
  { held, cause }: { readonly held: string; readonly cause: unknown },
): Promise<void> {
  const failures: unknown[] = [];
  for (const step of undo.toReversed()) await step().catch((error: unknown) => failures.push(error));
  if (failures.length === 0) return;
  const left = failures.map((failure) => `  ${reasonOf(failure)}`).join('\n');
  throw new Refusal(
    `It failed (${reasonOf(cause)}), and not all could be taken back:\n${left}\nWhat is missing lies in ${held}.`,
    { cause: new AggregateError(failures) },
  );
}

async function carryOutOne(checkout: string, change: Change, work: Work): Promise<void> {
  const at = (path: string): string => join(checkout, path);
  if (change.do === 'remove') return move(at(change.path), join(work.held, change.path), work);
  if (change.do === 'move') return move(at(change.from), at(change.to), work);
  await write(at(change.path), change.text, work);
}

/** What takes it back is known before it is tried: a disk that is full leaves half a file. */
async function write(path: string, text: string, work: Work): Promise<void> {
  const before = existsSync(path) ? await readFile(path) : null;
  if (before === null) await makeFolder(dirname(path), work);
  try {
    await writeFile(path, text);
  } catch (error) {
    // What could not be opened is as it was.
    if (!isUntouched(error)) work.undo.push(() => restored(path, before));
    throw error;
  }
  work.undo.push(() => restored(path, before));
}

const isUntouched = (error: unknown): boolean =>
  ['EACCES', 'EPERM', 'EROFS', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

const restored = (path: string, before: Buffer | null): Promise<void> =>
  before === null ? rm(path, { force: true }) : writeFile(path, before);

async function move(from: string, to: string, work: Work): Promise<void> {
  if (existsSync(to)) throw new Error(`${to} is there already`);
  await makeFolder(dirname(to), work);
  await rename(from, to);
  work.undo.push(() => rename(to, from));
}

/** Taken back by what is empty of it: whoever put something there meanwhile keeps it. */
async function makeFolder(folder: string, { undo }: Work): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  undo.push(async () => {
    for (let each = folder; each.length >= first.length; each = dirname(each)) await rmdir(each);
  });
}
