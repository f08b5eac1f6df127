import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allOf } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const ROW = /^\| `([^`]+)` \| (\d{3}) \| (\w+) \|/gm;

/** Run last: all errors of the run are looked at. */
export const ERROR_CATALOGUE: Trial = {
  promise: 'D5',
  says: 'Each error that is answered is in the catalogue, with its status, its log level and its runbook',
  how: 'the codes, statuses, levels and runbooks of all log lines of this run against docs/errors.md',

  run: async ({ log, options: { checkout } }) => {
    const page = await readFile(join(checkout, 'docs/errors.md'), 'utf8');
    const catalogue = new Map(
      [...page.matchAll(ROW)].map(([, code = '', status = '', level = '']) => [code, { status, level }]),
    );
    const seen = new Map<string, string>();
    for (const who of new Set(log.lines.map(({ who: name }) => name))) {
      for (const { msg, errorCode, status, level, runbook } of log.of(who)) {
        if (msg !== 'request' || typeof errorCode !== 'string') continue;
        const facts = `${String(status)} ${level}${level === 'info' ? '' : ` ${typeof runbook}`}`;
        seen.set(`${errorCode} ${facts}`, facts);
      }
    }
    const faults = [...seen].flatMap(([key, facts]) => {
      const known = catalogue.get(key.split(' ')[0] ?? '');
      if (!known) return [`${key} is not in docs/errors.md`];
      const expected = `${known.status} ${known.level}${known.level === 'info' ? '' : ' string'}`;
      // 499: the client went away before it could be told.
      return facts === expected || facts.startsWith('499') ? [] : [`${key} instead of ${expected}`];
    });
    return allOf(seen.size, 'kinds of errors are as the catalogue says', faults);
  },
};
