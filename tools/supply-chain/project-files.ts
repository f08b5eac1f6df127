import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '../process/refusal.ts';

const LISTING_TIMEOUT_MS = 10_000;
const LISTING_BYTES_MAX = 16 * 1024 * 1024;

/** What is tracked, or would be with the next `git add`: a secret is best found before it is committed. */
export async function projectFiles(checkout: string): Promise<readonly string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const options = { cwd: checkout, timeout: LISTING_TIMEOUT_MS, maxBuffer: LISTING_BYTES_MAX };
  const { stdout } = await promisify(execFile)('git', args, options).catch((error: unknown) => {
    throw new Refusal('Git could not list the files to check: run this in a checkout.', { cause: error });
  });
  const files = [...new Set(stdout.split('\0').filter(Boolean))];
  return files.filter((file) => existsSync(join(checkout, file)));
}

const OWN_CODE = /^(?:apps|libs|tools)\/.*\.[cm]?[jt]s$/;
const TEST_CODE = /\.spec\.ts$|\/testing\//;

/** Code that meets input. Specs meet only what they write themselves. */
export const isOwnCode = (file: string): boolean => OWN_CODE.test(file) && !TEST_CODE.test(file);
