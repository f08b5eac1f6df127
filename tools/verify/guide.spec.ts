import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { strangers } from './trial/select.ts';
import { TRIALS } from './trials.ts';

const CHECKOUT = join(import.meta.dirname, '../..');

it.each(['docs/guides/verify.md', 'README.md'])('what %s tells to try alone is there', async (page) => {
  const text = await readFile(join(CHECKOUT, page), 'utf8');
  const words = [...text.matchAll(/--only (?!<)([\w-]+)/g)].map(([, word = '']) => word);

  expect(strangers(TRIALS, words)).toEqual([]);
});
