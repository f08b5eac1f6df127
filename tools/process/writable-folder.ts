import { mkdir } from 'node:fs/promises';
import { Refusal } from './refusal.ts';

/** What a system says when it is the right to write that is missing: a mode, a read-only mount, a policy. */
const NOT_WRITABLE = new Set(['EACCES', 'EROFS', 'EPERM']);

/**
 * Makes the folder, with those above it, where it isn't there, and does the work that writes in it.
 * @throws Refusal that names the folder when this user must not write there
 */
export async function writingIn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    await mkdir(folder, { recursive: true });
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === null || !NOT_WRITABLE.has(code)) throw error;
    throw new Refusal(
      `${folder} cannot be made or written to (${code}): a checkout keeps its build, its locks and its data in ` +
        'folders of its own.\nGive this user the right to write there, or start from a copy of the checkout in a ' +
        'folder where they have it.',
      { cause: error },
    );
  }
}

function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
}
