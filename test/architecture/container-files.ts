import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './survey.js';

export const readRootFile = (name: string): string => readFileSync(resolve(ROOT, name), 'utf8');

/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly args: string;
}

export const readDockerfile = (): Instruction[] =>
  readRootFile('Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ name: line.slice(0, line.indexOf(' ')), args: line.slice(line.indexOf(' ') + 1).trim() }));

/** The images that the stages of the Dockerfile stand on, one for each; `scratch` is none. */
export const baseImages = (): string[] =>
  readDockerfile()
    .filter(({ name }) => name === 'FROM')
    .map(({ args }) => args.split(' ')[0] ?? '')
    .filter((image) => image !== 'scratch');

/** What the tests ask of a service in docker-compose.yml; everything may be missing in a file that is wrong. */
export interface ComposeService {
  readonly image?: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly profiles?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly stop_grace_period?: string;
  readonly healthcheck?: { readonly test?: readonly string[] };
  readonly deploy?: { resources?: { limits?: { cpus?: string; memory?: string; pids?: number } } };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets: Readonly<Record<string, { file?: string }>>;
}

/** `!reset []` takes a list of another file away, and reads as an empty one. */
const RESET = { tag: '!reset', collection: 'seq' } as const;

export const readCompose = (file = 'docker-compose.yml'): ComposeFile =>
  parse(readRootFile(file), { merge: true, customTags: [RESET] }) as ComposeFile;

/** The secrets that a service gets: the name in /run/secrets by the name in the file. */
export const secretsOf = ({ secrets = [] }: ComposeService): Readonly<Record<string, string>> =>
  Object.fromEntries(
    secrets.map((secret) => (typeof secret === 'string' ? [secret, secret] : [secret.source, secret.target])),
  );

const INIT_FOLDER = '/docker-entrypoint-initdb.d/';

/** What the Postgres image runs when it makes its data: paths from the root, in the order of their names in there. */
export const initScripts = ({ volumes = [] }: ComposeService): readonly string[] =>
  volumes
    .map((volume) => volume.split(':'))
    .filter(([, target = '', mode]) => target.startsWith(INIT_FOLDER) && mode === 'ro')
    .sort(([, one = ''], [, other = '']) => one.localeCompare(other))
    .map(([source = '']) => source.replace(/^\.\//, ''));

/** Built files that a text starts or names, as their sources: dist/apps/x.js comes from apps/x.ts. */
export const sourcesNamedIn = (text: string): string[] =>
  [...text.matchAll(/dist\/([\w./-]+)\.js/g)].map((match) => `${match[1]}.ts`);
