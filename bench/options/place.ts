import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { refusal } from './usage.ts';

/** @throws Refusal for a file that could not be written: to be told before the measuring, and not after it */
export function refuseUnwritable(file: string): void {
  const folder = dirname(file);
  if (!isFolder(folder)) throw refusal(`--json can not write ${file}: there is no folder ${folder}`);
  if (isFolder(file)) throw refusal(`--json can not write ${file}: it is a folder`);
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK);
  } catch (error) {
    throw refusal(`--json can not write ${file}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
