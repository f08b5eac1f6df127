import { readFileSync, writeFileSync } from 'node:fs';
import { Refusal } from '../../tools/process/refusal.ts';
import { type Form, reportOf } from './report.ts';
import type { Results } from './results.ts';
import { markdownTable } from './table.ts';

export const BEGIN = '<!-- figures: begin -->';
export const END = '<!-- figures: end -->';

const FORM: Form = { table: markdownTable, heading: '### ', targets: 'first', profileRows: 15 };

/** Puts the figures between the marks of a page: nobody types them. */
export function renderInto(file: string, runs: readonly Results[]): void {
  if (runs.some(({ quick }) => quick)) {
    throw new Refusal('The figures of a quick run are not for quoting: run it without --quick.');
  }
  const figures = runs.map((results) => reportOf(results, FORM)).join('\n\n');
  writeFileSync(file, withFigures(readFileSync(file, 'utf8'), figures));
}

/** @throws Refusal for a page without the marks */
export function withFigures(page: string, figures: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Refusal(`The page has no place for figures: ${BEGIN} and, below, ${END}.`);
  return `${page.slice(0, begin + BEGIN.length)}\n${figures}\n${page.slice(end)}`;
}
