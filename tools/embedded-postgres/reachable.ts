import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const OTHERS_EXECUTE = 0o001;
const OTHERS_READ = 0o004;

/** Whether a user that owns nothing here can enter the folder: every one from the root down lets others through. */
export async function isEnterableByOthers(folder: string): Promise<boolean> {
  for (let path = await realpath(folder); ; path = dirname(path)) {
    if (!((await stat(path)).mode & OTHERS_EXECUTE)) return false;
    if (path === dirname(path)) return true;
  }
}

/** Whether such a user can also read the file. */
export async function isReadableByOthers(file: string): Promise<boolean> {
  return ((await stat(file)).mode & OTHERS_READ) !== 0 && (await isEnterableByOthers(dirname(file)));
}

/**
 * Whether pg_ctl can name the path to the shell that it starts the server with: it puts double quotes around it and
 * escapes nothing.
 */
export function survivesDoubleQuotes(path: string): boolean {
  return !/["$`\n]/.test(path) && (process.platform === 'win32' || !path.includes('\\'));
}
