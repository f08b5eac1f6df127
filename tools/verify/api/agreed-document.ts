import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The API's document as it was last agreed on. */
export async function agreedDocument(checkout: string): Promise<unknown> {
  return JSON.parse(await readFile(join(checkout, 'docs/openapi.json'), 'utf8'));
}
