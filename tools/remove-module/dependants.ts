import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { projectFiles } from '../supply-chain/project-files.ts';
import { COMPOSITION, isAmong, type ModuleParts } from './module-parts.ts';
import type { Place } from './place.ts';

/** Code and configuration, where what names a module needs it. */
const LEANING = /^(?:apps|libs|test|tools|bench|deploy|\.ci|\.github)\/|^[^/]+\.(?:ya?ml|json|[cm]?[jt]s)$/;
/** `npm run docs` writes them anew. */
const GENERATED =
  /^(?:deploy\/observability\/grafana\/dashboards\/|deploy\/kubernetes\/components\/observability\/store\/rules\.yaml$|docs\/(?:errors|metrics|configuration|runbooks\/README)\.md$)/;
/** They speak of modules that nobody has: what makes modules and takes them away, and what the walls are tried with. */
const OF_EXAMPLES =
  /(?:new|add|adding|generated|remove|removing|retired)-(?:a-)?(?:module|migration)|^test\/architecture\/plant/;
/** They know no business (`npm run walls`): what they name is an example, too. */
const GROUND = /^libs\/(?:kernel|platform)\//;
/** The past, of which nothing is taken back. */
const HISTORY = /^(?:CHANGELOG\.md|docs\/decisions\/)/;

/** Where settings are given, and what is in capitals is no constant of code. */
const SETTING_FILE = /^deploy\/|\.ya?ml$/;

/** Where somebody else names the module, or what is its own: what would break, or lie, without it. */
export async function dependantsOf(checkout: string, module: ModuleParts): Promise<readonly Place[]> {
  const files = (await projectFiles(checkout)).filter((file) => isAsked(file, module));
  const places = await Promise.all(
    files.map(async (file) => placesIn(file, await readFile(join(checkout, file), 'utf8'), module)),
  );
  return places.flat();
}

const isAsked = (file: string, { paths }: ModuleParts): boolean =>
  !isAmong(file, [...paths, COMPOSITION]) &&
  !GENERATED.test(file) &&
  !OF_EXAMPLES.test(file) &&
  !GROUND.test(file) &&
  !HISTORY.test(file) &&
  (LEANING.test(file) || file.endsWith('.md'));

export function placesIn(file: string, text: string, module: ModuleParts): Place[] {
  const leans = file.endsWith('.md') ? linksTo : needs;
  return text
    .split('\n')
    .flatMap((line, index) => (leans(file, line, module) ? [{ file, line: index + 1, text: line.trim() }] : []));
}

function needs(file: string, line: string, { name, paths, alerts }: ModuleParts): boolean {
  const schema = name.replaceAll('-', '_');
  const settings = SETTING_FILE.test(file) ? [...line.matchAll(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g)] : [];
  const specifiers = [...line.matchAll(/(?:from|import\() ?'(\.{1,2}\/[^']+)'/g)].map(([, target = '']) => target);
  return (
    namesIn(line).some((found) => found === name || found === schema) ||
    settings.some(([found]) => found.startsWith(`${schema.toUpperCase()}_`)) ||
    (line.match(/\w+/g) ?? []).some((word) => alerts.includes(word)) ||
    lead(specifiers, file, paths)
  );
}

/** `'reviews.created'`, and not `'reviews.txt'`: what ends as files do names one. */
const DOTTED =
  /['"`]([a-z][\w-]*)\.(?!(?:[cm]?[jt]sx?|json|md|txt|ya?ml|toml|xml|html|css|svg|png|ico|sql|csv|tsv|log|sh|pem|template)['"`])[a-z]/g;

/** All that may be the name of a module in a line of code. */
const namesIn = (line: string): string[] =>
  [
    ...line.matchAll(/\bmodules\/([\w-]+)/g), // an import, or a path
    ...line.matchAll(/\btest\/system\/([\w-]+)/g),
    ...line.matchAll(/\/v1\/([\w-]+)/g), // a route
    ...line.matchAll(/['"`\s]([a-z][a-z0-9-]*):(?:read|write)\b/g), // a scope
    ...line.matchAll(DOTTED), // an event, an error code, a statement, a cache, or a table
    ...line.matchAll(/\b(?:FROM|INTO|UPDATE|JOIN|TABLE|ON|REFERENCES) ([a-z_]+)\.[a-z]/g),
  ].map(([, found = '']) => found);

const linksTo = (file: string, line: string, { paths }: ModuleParts): boolean =>
  lead([...line.matchAll(/\]\(([^)\s#]+)/g)].map(([, target = '']) => target), file, paths); // prettier-ignore

const lead = (targets: readonly string[], file: string, paths: readonly string[]): boolean =>
  targets.some((target) => {
    const path = posix.join(posix.dirname(file), target);
    return isAmong(path, paths) || isAmong(path.replace(/\.js$/, '.ts'), paths);
  });
