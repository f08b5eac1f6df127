import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readRootFile } from './container-files.js';
import { anchorsOf, destinationOf, documentPaths, linksIn, type Link } from './documents.js';
import { ROOT } from './survey.js';

/** Whether a link leads nowhere: no such file here, or no such heading in it. */
function isDead(link: Link): boolean {
  const { file, anchor } = destinationOf(link);
  if (file.startsWith('..') || !existsSync(join(ROOT, file))) return true;
  return anchor !== undefined && !anchorsOf(readRootFile(file)).includes(anchor);
}

describe('the links of the documentation', () => {
  it('lead somewhere', () => {
    const links = documentPaths().flatMap((page) => linksIn(page));

    expect(links.length).toBeGreaterThan(60);
    expect(links.filter(isDead)).toEqual([]);
  });

  it.each(['[a](nowhere.md)', '[a](README.md#no-such-heading)', '[a](#no-such-heading)', '[a](../outside.md)'])(
    'would be caught with %s',
    (text) => {
      expect(linksIn('README.md', text).filter(isDead)).toHaveLength(1);
    },
  );

  it('are not looked for in code, nor on other sites', () => {
    expect(linksIn('README.md', '`[a](b)`\n```sh\n[a](b)\n```\n[a](https://example.org)')).toEqual([]);
  });
});
