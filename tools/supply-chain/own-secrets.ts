/** Credentials of the kinds that this project deals in, which secretlint has no rule for, and what switches secretlint off. */
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

/** The passwords of examples and tests, and nothing that only begins so. */
const DUMMY = /^(?:canary|canary-password(?:-[0-9a-f]{4})?|s3cret|hunter2|secret|password|stranger|owner|mine)$/;
/** What stands for a value, or is a version of a package that is called so. */
const NO_VALUE = /^(?:\$\w+|\$[{(].*|<[^<>]*>|\{.*\}|%s|\[redacted\]|\^\d+\.\d+\.\d+)$/;

const COMMENT = 'comment that switches secretlint off';

interface Kind {
  readonly name: string;
  readonly pattern: RegExp;
  /** The files that it is looked for in; absent for all. */
  readonly files?: RegExp;
}

/** Of those with a `value`, a dummy passes. */
const KINDS: readonly Kind[] = [
  // A private or a shared key. 16 bytes have 22 characters in base64url, and no curve or hash takes fewer.
  { name: 'JWK with its secret', pattern: /\b[dk]\\?["']? ?: ?\\?["'][\w-]{22}/g },
  { name: 'JWT', pattern: /\.eyJ[\w-]{6}/g },
  { name: 'password', pattern: /passw(?:ord|d)=(?<value>[^\s"'`\\&;,)]+)/gi },
  { name: 'password', pattern: /passw(?:ord|d)\\?["']? ?[:=] ?\\?["'`](?<value>[^\s"'`\\]+)\\?["'`]/gi },
  { name: 'password', pattern: /\bPASSWORD '(?<value>[^']+)'/g }, // SQL
  { name: 'password', pattern: /passw(?:ord|d): +(?<value>[^\s"']+)/gi, files: /\.ya?ml$/ },
  { name: COMMENT, pattern: /secretlint-(?:disable)/g },
];

const TAKE_OUT = 'Take it out: a dummy is named in .secretlintrc.json, where everybody sees it.';
const REVOKE =
  'Revoke it first if it was ever real, then take it out. Tests make keys and tokens as they run; for a dummy password see DUMMY in tools/supply-chain/own-secrets.ts.';

/** The credentials in a text, by line and column as secretlint counts them (from 1 and 0); never repeated. */
export function ownSecretsIn(file: string, text: string): readonly Finding[] {
  return KINDS.filter(({ files }) => files?.test(file) ?? true).flatMap(({ name, pattern }) =>
    [...text.matchAll(pattern)]
      .filter(({ groups }) => isReal(groups?.['value']))
      .map(({ index }) => ({
        where: `${file}:${positionOf(text, index)}`,
        problem: `holds a ${name}`,
        wayOut: name === COMMENT ? TAKE_OUT : REVOKE,
      })),
  );
}

const isReal = (value: string | undefined): boolean =>
  value === undefined || !(DUMMY.test(value) || NO_VALUE.test(value));

function positionOf(text: string, index: number): string {
  const before = text.slice(0, index).split('\n');
  return `${before.length}:${before.at(-1)?.length ?? 0}`;
}

/** In all given files of a folder; a link is no file: what it names is looked at by its own name. */
export async function findOwnSecrets(folder: string, files: readonly string[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const file of files) {
    const path = join(folder, file);
    if ((await lstat(path)).isFile()) findings.push(...ownSecretsIn(file, await readFile(path, 'utf8')));
  }
  return findings;
}
