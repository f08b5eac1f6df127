import { OVERLOAD_HEAD, overloadRows, START_HEAD, startRows } from './others.ts';
import { CASE_HEAD, caseRows, noiseOfCase, TARGET_HEAD, type TargetLine, targetLinesOf, targetRow } from './cases.ts';
import { overloadTargets } from '../overload/overload.ts';
import { startTargets } from '../start/start.ts';
import { LADDER_HEAD, ladderRows } from './ladder.ts';
import type { Results } from './results.ts';
import { inclusiveRows, OWNER_HEAD, ownerRows, PROFILE_HEAD, profileWords, selfRows } from './profile.ts';
import { SOAK_HEAD, soakRows, soakTargets, soakWords } from './soak.ts';
import type { CaseResult } from './figures.ts';
import type { Profiled } from '../profile/profile.ts';
import type { Row } from './table.ts';

export type Table = (head: Row, rows: readonly Row[]) => string;

/** A part of the report: words, and a table. */
interface Section {
  readonly title: string;
  readonly text: string;
  readonly head: Row;
  readonly rows: readonly Row[];
}

/** The targets are those of a load that sleeps, as those of the world do. */
export function targetsIn({ cases, start, overload, soak, pace }: Results): readonly TargetLine[] {
  if (pace.awake) return [];
  return [
    ...cases.flatMap(targetLinesOf),
    ...(start ? startTargets(start) : []),
    ...(overload ? overloadTargets(overload) : []),
    ...(soak ? soakTargets(soak) : []),
  ];
}

function sectionsOf(results: Results, profileRows: number): readonly Section[] {
  const { cases, ladder, start, overload, soak, profile } = results;
  return [
    ...cases.map((result) => {
      return { title: result.title, text: noiseOfCase(result), head: CASE_HEAD, rows: caseRows(result) };
    }),
    ...(ladder ? [ladderSection(ladder)] : []),
    ...(start ? [{ title: 'Start and memory', text: '', head: START_HEAD, rows: startRows(start) }] : []),
    ...(overload
      ? [{ title: 'Three times capacity', text: '', head: OVERLOAD_HEAD, rows: overloadRows(overload) }]
      : []),
    ...(soak ? [{ title: 'Soak', text: soakWords(soak), head: SOAK_HEAD, rows: soakRows(soak) }] : []),
    ...(profile ? profileSections(profile, profileRows) : []),
  ];
}

function targetSections(results: Results): readonly Section[] {
  const rows = targetsIn(results).map(targetRow);
  return rows.length === 0 ? [] : [{ title: 'Targets', text: '', head: TARGET_HEAD, rows }];
}

const ladderSection = (ladder: CaseResult): Section => ({
  title: ladder.title,
  text: noiseOfCase(ladder),
  head: LADDER_HEAD,
  rows: ladderRows(ladder),
});

function profileSections(profile: Profiled, shown: number): readonly Section[] {
  const sections = [
    { title: 'by whose code it is', text: profileWords(profile), head: OWNER_HEAD, rows: ownerRows(profile) },
    { title: 'what each function took itself', text: '', head: PROFILE_HEAD, rows: selfRows(profile) },
    { title: 'ours, with all that they call', text: '', head: PROFILE_HEAD, rows: inclusiveRows(profile) },
  ];
  return sections.map(({ title, rows, ...rest }) => {
    return { ...rest, title: `Profile of ${profile.name}: ${title}`, rows: rows.slice(0, shown) };
  });
}

/** On which machine, and how long: without it no figure says anything. */
export function originOf({ at, commit, quick, node, machine, pace, left, faults }: Results): string {
  const { processor, cores, memoryGb, loadBefore } = machine;
  const { rounds, sliceMs, connections, awake } = pace;
  return [
    `Measured ${at.slice(0, 10)} at commit ${commit}, with Node ${node} on ${processor}, ${memoryGb} GB.`,
    `The server on core ${cores.server}, load and stores on ${cores.load.join(', ')}; load of the machine before: ${loadBefore.toFixed(1)}.`,
    `${rounds} rounds, slices of ${sliceMs} ms, ${connections} connections${awake ? ' of a load that never sleeps' : ''}.`,
    ...(quick ? ['A quick run: it shows that all works, and no figure to quote.'] : []),
    ...left,
    ...faults,
  ].join('\n');
}

export interface Form {
  readonly table: Table;
  /** Before each title. */
  readonly heading: string;
  /** A terminal shows the end, a page its beginning. */
  readonly targets: 'first' | 'last';
  /** Of each table of a profile: the rest takes little. */
  readonly profileRows: number;
}

export function reportOf(results: Results, { table, heading, targets, profileRows }: Form): string {
  const [measured, judged] = [sectionsOf(results, profileRows), targetSections(results)];
  const sections = targets === 'first' ? [...judged, ...measured] : [...measured, ...judged];
  const parts = sections.map(({ title, text, head, rows }) => {
    return [`${heading}${title}`, ...(text === '' ? [] : [text]), '', table(head, rows)].join('\n');
  });
  return [originOf(results), ...parts].join('\n\n');
}
