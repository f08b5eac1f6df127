import { type Report, runSqlmap, type Target } from './sqlmap.js';

/** More bring nothing on two cores. */
const AT_ONCE = 2;

/**
 * Attacks two targets at once, and all of one group before those of the next: what reads is attacked while nothing changes what
 * it shows.
 * @returns the reports by target, in their order: whoever awaits one hears of its failure
 */
export function attacksOn(groups: readonly (readonly Target[])[]): Promise<Report>[] {
  const waiting = groups.map((group) => group.map((target) => ({ target, ...Promise.withResolvers<Report>() })));
  const reports = waiting.flat().map(({ promise }) => promise);
  for (const report of reports) report.catch(() => undefined);
  void inTurn(waiting);
  return reports;
}

type Waiting = PromiseWithResolvers<Report> & { readonly target: Target };

async function inTurn(groups: readonly Waiting[][]): Promise<void> {
  for (const group of groups) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => oneByOne(group)));
  }
}

async function oneByOne(group: Waiting[]): Promise<void> {
  for (let next = group.shift(); next; next = group.shift()) {
    await runSqlmap(next.target).then(next.resolve, next.reject);
  }
}
