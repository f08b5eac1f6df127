import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = 'docs/runbooks/alerts/*.md';

export const RUNBOOK_INDEX = 'docs/runbooks/README.md';

/** The part of the index that is written here, and its end. */
const [BEGINNING, END] = ['\n## By alert\n', '\n## By error code\n'];
const HEAD = `
Written by \`npm run docs\`, from how the pages begin.

| alert | urgency | what it says |
|---|---|---|
`;

/**
 * The row of a runbook, which begins with its alert, how urgent that is, and a sentence that says what it means.
 * @throws Error when it does not
 */
export function rowOf(page: string): string {
  const [, name, beginning = ''] = /^# (\w+)\n\n((?:.+\n)+)/.exec(page) ?? [];
  const oneLine = beginning.replaceAll('**', '').replaceAll('\n', ' ').replaceAll('|', '\\|');
  const [, urgency, meaning] = /^(\S.*?)\. (.+?\.) /.exec(oneLine) ?? [];
  if (!name || !urgency || !meaning) throw new Error(`No runbook of an alert begins so: ${page.slice(0, 200)}`);
  return `| [${name}](alerts/${name}.md) | ${urgency.toLowerCase()} | ${meaning} |`;
}

/**
 * The index with its table of alerts as the pages have it.
 * @throws Error when the index has no place for it
 */
export function withAlerts(index: string, pages: readonly string[]): string {
  const [before, rest] = index.split(BEGINNING);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${RUNBOOK_INDEX} has no part "By alert".`);
  return [before, BEGINNING, HEAD, ...pages.map((page) => `${rowOf(page)}\n`), END, after].join('');
}

/** The index of runbooks as it has to be. */
export function renderRunbookIndex(): string {
  const files = globSync(PAGES, { cwd: ROOT }).sort();
  const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
  return withAlerts(read(RUNBOOK_INDEX), files.map(read));
}
