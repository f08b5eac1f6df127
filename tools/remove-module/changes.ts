import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../process/refusal.ts';

/** What is done to the checkout, by paths in it. */
export type Change =
  | { readonly do: 'move'; readonly from: string; readonly to: string }
  | { readonly do: 'write'; readonly path: string; readonly text: string }
  | { readonly do: 'remove'; readonly path: string };

/** A change in the words of a list. */
export function told(change: Change): string {
  if (change.do === 'move') return `moved   ${change.from} to ${change.to}`;
  return change.do === 'write' ? `written ${change.path}` : `removed ${change.path}`;
}

/**
 * Does all of it, or nothing: what goes is held in a folder of `.data` until the last change is done, and comes back when
 * one fails.
 * @throws what the first change that failed was refused with; or, when something could not be brought back, a Refusal that
 * names the folder
 */
export async function carryOut(checkout: string, changes: readonly Change[]): Promise<void> {
  await mkdir(join(checkout, '.data'), { recursive: true });
  const held = await mkdtemp(join(checkout, '.data', 'removed-'));
  const undo: Undo[] = [];
  try {
    for (const [place, change] of changes.entries()) {
      undo.push(await carryOutOne(checkout, change, join(held, String(place))));
    }
  } catch (error) {
    await takeBack(undo, held, error);
    await rm(held, { recursive: true });
    throw error;
  }
  await rm(held, { recursive: true });
}

type Undo = () => Promise<void>;

async function takeBack(undo: readonly Undo[], held: string, cause: unknown): Promise<void> {
  const failures: unknown[] = [];
  for (const step of undo.toReversed()) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) {
    throw new Refusal(
      `It failed (${String(cause)}), and not all could be taken back: what is missing lies in ${held}.`,
      {
        cause: new AggregateError(failures),
      },
    );
  }
}

/** @returns what takes it back */
async function carryOutOne(checkout: string, change: Change, held: string): Promise<Undo> {
  const at = (path: string): string => join(checkout, path);
  if (change.do === 'remove') return moved(at(change.path), held);
  if (change.do === 'move') return moved(at(change.from), at(change.to));
  const path = at(change.path);
  const before = existsSync(path) ? await readFile(path) : null;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, change.text);
  return () => (before === null ? rm(path) : writeFile(path, before));
}

async function moved(from: string, to: string): Promise<Undo> {
  if (existsSync(to)) throw new Error(`${to} is there already`);
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
  return () => rename(to, from);
}
