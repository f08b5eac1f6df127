import { MAIN_THREAD } from '../machine/cpu-time.ts';
import type { Spent } from '../profile/cpu-profile.ts';
import type { Profiled } from '../profile/profile.ts';
import { type Row, told } from './table.ts';

const NAME_LENGTH_MAX = 40;
const OURS = /^(?:libs|apps)\//;

export const PROFILE_HEAD: Row = ['', 'self µs', 'inclusive µs', 'where'];

const row = ({ name, place, self, inclusive }: Spent): Row => [
  name.slice(0, NAME_LENGTH_MAX), // a regular expression is called by its text
  told(self),
  told(inclusive),
  place,
];

export const selfRows = ({ spent }: Profiled): readonly Row[] => spent.map(row);

/** Functions of this repository: what could be spared if it were not called. */
export const inclusiveRows = ({ spent }: Profiled): readonly Row[] =>
  spent
    .filter(({ place }) => OURS.test(place))
    .toSorted((a, b) => b.inclusive - a.inclusive)
    .map(row);

/** Of code by its owner, what it took itself: `libs`, `apps`, a package, Node, or V8. */
export function ownerRows({ spent, threads }: Profiled): readonly Row[] {
  const others = Object.entries(threads).filter(([thread]) => thread !== MAIN_THREAD);
  const owners = new Map(others.map(([thread, self]) => [`thread ${thread}`, self]));
  for (const { name, place, self } of spent) {
    const owner = ownerOf(name, place);
    owners.set(owner, (owners.get(owner) ?? 0) + self);
  }
  const sorted = [...owners].toSorted(([, a], [, b]) => b - a);
  return sorted.map(([owner, self]) => [owner, told(self)]);
}

export const OWNER_HEAD: Row = ['', 'self µs'];

function ownerOf(name: string, place: string): string {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(place)?.[1];
  if (inPackage !== undefined) return inPackage;
  if (place.startsWith('node:')) return 'Node';
  if (OURS.test(place)) return place.split('/').slice(0, -1).slice(0, 3).join('/');
  return name.startsWith('(') ? name : 'V8 and the system';
}

export function profileWords({ name, answers, refused = 0, threads }: Profiled): string {
  const sum = Object.values(threads).reduce((all, each) => all + each, 0);
  const beside = refused === 0 ? '' : `, ${count(refused)} refusals included`;
  return `${name}: ${told(sum)} µs of CPU for each of ${count(answers)} answers${beside}; to be profiled costs some of it.`;
}

const count = (number: number): string => number.toLocaleString('en-US');
