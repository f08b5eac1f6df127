import { dirname, join } from 'node:path';
import { filesIn } from './alert-rules.js';
import { readRootFile } from './container-files.js';

/** All that a person reads here. */
export const documentPaths = (): string[] => filesIn('{*.md,docs/**/*.md}');

export interface Link {
  /** The page that has it. */
  readonly page: string;
  readonly target: string;
}

const LINK = /\]\(([^)\s]+)\)/g;
const FENCE = /^```(\w*)\n([\s\S]*?)^```/gm;

const withoutCode = (text: string): string => text.replaceAll(FENCE, '').replaceAll(/`[^`\n]*`/g, '');

/** Links to what lies here; those to other sites are none of ours. */
export const linksIn = (page: string, text = readRootFile(page)): Link[] =>
  [...withoutCode(text).matchAll(LINK)]
    .map(([, target = '']) => ({ page, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));

/** The file that a link leads to, from the root, and the heading in it. */
export function destinationOf({ page, target }: Link): { file: string; anchor: string | undefined } {
  const [path = '', anchor] = target.split('#');
  return { file: path === '' ? page : join(dirname(page), path), anchor };
}

/** The anchors of a page's headings, as GitHub makes them. */
export const anchorsOf = (text: string): string[] =>
  [...text.replaceAll(FENCE, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

/** What stands in fenced blocks of one language. */
export const blocksOf = (language: string, text: string): string[] =>
  [...text.matchAll(FENCE)].filter(([, found]) => found === language).map(([, , block = '']) => block);

/** The first column of each row of the tables that begin with this head, the names in it. */
export const namesInTable = (head: string, text: string): string[] =>
  (text.split(`| ${head} |`)[1]?.split('\n\n')[0] ?? '')
    .split('\n')
    .slice(2)
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
