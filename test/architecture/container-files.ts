import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readComposeIn, type ComposeFile } from '../../tools/compose/compose-file.ts';
import { ROOT } from './survey.js';

export { addressIn, initScripts, isOurs, mountsOf, networksOf, secretsOf } from '../../tools/compose/compose-file.ts';
export type { ComposeFile, ComposeService } from '../../tools/compose/compose-file.ts';

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

export const readCompose = (): ComposeFile => readComposeIn(ROOT);

/** The images that the stages of the Dockerfile stand on, one for each; `scratch` is none. */
export const baseImages = (): string[] =>
  readDockerfile()
    .filter(({ name }) => name === 'FROM')
    .map(({ args }) => args.split(' ')[0] ?? '')
    .filter((image) => image !== 'scratch');

/** Built files that a text starts or names, as their sources: dist/apps/x.js comes from apps/x.ts. */
export const sourcesNamedIn = (text: string): string[] =>
  [...text.matchAll(/dist\/([\w./-]+)\.js/g)].map((match) => `${match[1]}.ts`);
