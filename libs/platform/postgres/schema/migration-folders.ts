import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MigrationInterface } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

/** `1763800000000-create-products.ts`, or `.js` when built; the digits are the time of writing, in ms. */
const MIGRATION_FILE = /^(\d{13})-.+\.(?:ts|js)$/;
const NOT_A_MIGRATION = /\.(?:d|spec)\.ts$/;

const folders = new Set<string>();

/** Makes a folder's migrations part of the schema that the code expects. */
export function registerMigrationFolder(folder: string): void {
  folders.add(folder);
}

export function registeredMigrationFolders(): readonly string[] {
  return [...folders].sort();
}

/** The migrations' files in a folder, in their order. */
export async function findMigrationFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => MIGRATION_FILE.test(name) && !NOT_A_MIGRATION.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * The migrations of these folders, in the order of their time stamps.
 * @throws Error when a file holds anything but one migration, named after the file's time stamp
 */
export async function loadMigrations(from: readonly string[]): Promise<MigrationClass[]> {
  const files = (await Promise.all(from.map(findMigrationFiles))).flat();
  const migrations = await Promise.all(files.map(loadMigration));
  return migrations.sort((a, b) => timestampOf(a.name) - timestampOf(b.name));
}

async function loadMigration(file: string): Promise<MigrationClass> {
  const exports = Object.values((await import(pathToFileURL(file).href)) as Record<string, unknown>);
  const [migration, ...others] = exports.filter(isMigration);
  const stamp = MIGRATION_FILE.exec(basename(file))?.[1] ?? '';
  if (migration === undefined || others.length > 0 || !migration.name.endsWith(stamp)) {
    throw new Error(`${file} must export one migration, a class whose name ends with ${stamp}.`);
  }
  return migration;
}

/** When the migration of that name was written, in ms: its last 13 digits. */
export const timestampOf = (name: string): number => Number(name.slice(-13));

function isMigration(value: unknown): value is MigrationClass {
  if (typeof value !== 'function') return false;
  const prototype = value.prototype as Partial<MigrationInterface> | undefined;
  return typeof prototype?.up === 'function' && typeof prototype.down === 'function';
}
