import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../stage/log.ts';
import { allOf } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

/** Run last: all errors of the run are looked at. */
export const ERROR_CATALOGUE: Trial = {
  promise: 'D5',
  says: 'Each error that is answered is in the catalogue, with its status, its log level and its runbook',
  how: 'a 401 and a 404; the codes, statuses, levels and runbooks of all log lines of this run against docs/errors.md',

  run: async ({ log, first, options: { checkout } }) => {
    for (const path of ['/v1/orders', '/verify/nowhere']) {
      const id = `verify-${randomUUID()}`;
      await first.ask(path, { headers: { 'x-request-id': id } });
      await first.logged(({ msg, requestId }) => msg === 'request' && requestId === id);
    }
    const catalogue = catalogueIn(await readFile(join(checkout, 'docs/errors.md'), 'utf8'));
    const modules = new Set([...catalogue.keys()].map(moduleOf));
    const seen = errorsIn(log);
    const faults: string[] = [];
    const gaps: string[] = [];
    for (const [code, told] of seen) {
      const known = catalogue.get(code);
      if (known === undefined && !modules.has(moduleOf(code)))
        gaps.push(`${code} is not in docs/errors.md: npm run docs`);
      else
        faults.push(...[...told].filter((facts) => facts !== known).map((facts) => `${code} ${facts}, not ${known}`));
    }
    return allOf(seen.size, 'codes are told as the catalogue says', faults, gaps);
  },
};

const moduleOf = (code: string): string => code.split('.')[0] ?? '';

/** What is told of a code: `404 info`, and `503 warn, runbook`. */
const factsOf = (status: string, level: string): string => `${status} ${level}${level === 'info' ? '' : ', runbook'}`;

function catalogueIn(page: string): ReadonlyMap<string, string> {
  const rows = page.split('\n').flatMap((line) => {
    const [, code, status, level] = /^\| `([^`]{1,80})` \| (\d{3}) \| (\w{1,10}) \|/.exec(line) ?? [];
    return code && status && level ? [[code, factsOf(status, level)] as const] : [];
  });
  return new Map(rows);
}

function errorsIn(log: Log): ReadonlyMap<string, ReadonlySet<string>> {
  const seen = new Map<string, Set<string>>();
  for (const who of new Set(log.lines.map((line) => line.who))) {
    for (const { msg, errorCode, status, level, runbook } of log.of(who)) {
      // 499: the client went away before it could be told.
      if (msg !== 'request' || typeof errorCode !== 'string' || status === 499) continue;
      const facts = `${String(status)} ${level}${typeof runbook === 'string' ? ', runbook' : ''}`;
      seen.set(errorCode, (seen.get(errorCode) ?? new Set()).add(facts));
    }
  }
  return seen;
}
