import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A run takes 10 s to 60 s on two slow cores. */
const RUN_TIMEOUT_MS = 240_000;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

/** One request as it is when it is good, and which of its parameters are attacked. */
export interface Target {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  /** A `*` in its path marks a part of that to attack; in headers it would mark one, too. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: object;
  readonly parameters?: readonly string[];
  /** A parameter that has to be another one each time, and is drawn by sqlmap. */
  readonly unique?: string;
}

export interface Report {
  /** Parameters that were tried to the end, and withstood. */
  readonly withstood: readonly string[];
  readonly injectable: readonly string[];
  /** All that sqlmap said. */
  readonly output: string;
}

/** All risks and techniques that there are, against what the database is known to be. Level 5 takes twice the time of 4. */
const FLAGS = [
  ...['--batch', '--flush-session', '--disable-coloring', '--skip-waf', '--keep-alive', '--threads=4'],
  ...['--dbms=PostgreSQL', '--level=4', '--risk=3', '--technique=BEUSTQ'],
  '--time-sec=2', // shorter than the store's statement timeout, which would end a longer sleep early
  '--ignore-code=400,404,409,412', // a refusal is an answer like another one: it may differ by what was injected
];
/** Of the names that sqlmap gives: `GET parameter 'sort'`, `(custom) POST parameter 'JSON name'`, `URI parameter '#1*'`. */
const PARAMETER = `parameter '(?:JSON )?([^']+)'`;

const named = (output: string, pattern: string): string[] => [
  ...new Set([...output.matchAll(new RegExp(pattern, 'g'))].map(([, name = '']) => name)),
];

/** Tries everything that sqlmap knows on the target's parameters. */
export async function runSqlmap(target: Target): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'sqlmap-'));
  try {
    const output = await outputOf([...argumentsFor(target), `--output-dir=${folder}`, ...FLAGS], folder);
    return {
      withstood: named(output, `${PARAMETER} does not seem to be injectable`),
      injectable: named(output, `${PARAMETER} is vulnerable`),
      output,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function argumentsFor({ method = 'GET', url, headers = {}, json, parameters = [], unique }: Target): string[] {
  const lines = { ...headers, ...(json && { 'Content-Type': 'application/json' }) };
  return [
    `--url=${url}`,
    `--method=${method}`,
    ...Object.entries(lines).map(([name, value]) => `--header=${name}: ${value}`),
    ...(json ? [`--data=${JSON.stringify(json)}`] : []),
    ...(parameters.length > 0 ? ['-p', parameters.join(',')] : []),
    ...(unique === undefined ? [] : [`--randomize=${unique}`]),
  ];
}

/** @param home where it may keep what it keeps in a home */
function outputOf(args: readonly string[], home: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      env: { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' },
      timeout: RUN_TIMEOUT_MS,
      maxBuffer: OUTPUT_BYTES_MAX,
    };
    const child = execFile('sqlmap', args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`sqlmap: ${error.message}\n${stdout.slice(-2000)}${stderr}`, { cause: error }));
      else resolve(stdout + stderr);
    });
    child.stdin?.end();
  });
}
