import ts from 'typescript';
import type { Checkout } from '../checkout.ts';
import { kebabOf } from '../names/names.ts';
import { classIn, importedFrom, interfaceIn, parsed } from './declarations.ts';

/** What a module shows of one kind of thing, so that others may refer to it. */
export interface FrontDoor {
  /** `product`. */
  readonly entity: string;
  /** `ProductQueries`, and `ProductNotFound`. */
  readonly queries: string;
  readonly notFound: string;
  /** The members of the listing that gives the first page of all: `status: null, sort: 'createdAt', page`. */
  readonly listing: string;
}

/**
 * Looks at a module's `index.ts` for `<Thing>Queries` with `get(id)` and `list(listing)`, and `<Thing>NotFound` beside it.
 * Gives a sentence instead, where it shows none.
 */
export function frontDoorOf(checkout: Checkout, module: string, wanted: string): FrontDoor | string {
  const folder = `libs/modules/${module}`;
  const index = checkout.read(`${folder}/index.ts`);
  if (index === null) return `There is no module ${module}: libs/modules/${module}/index.ts is missing.`;
  const shown = exportsOf(parsed(index));
  const things = [...shown.keys()].flatMap((name) => {
    const thing = /^(.+)Queries$/.exec(name)?.[1];
    return thing && shown.has(`${thing}NotFound`) ? [thing] : [];
  });
  const thing = things.length === 1 ? things[0] : things.find((name) => kebabOf(name).slice(1) === wanted);
  if (thing === undefined) {
    return `Module ${module} can't be referred to: its index.ts shows no <Thing>Queries with <Thing>NotFound beside it.`;
  }
  return doorOf(checkout, { folder, module, thing, file: `${folder}/${shown.get(`${thing}Queries`) ?? ''}` });
}

interface Room {
  readonly folder: string;
  readonly module: string;
  readonly thing: string;
  readonly file: string;
}

function doorOf(checkout: Checkout, room: Room): FrontDoor | string {
  const { folder, module, thing, file } = room;
  const queries = `${thing}Queries`;
  const listing = whatIsListed(checkout, room, queries);
  if (listing === undefined) {
    return `Module ${module} can't be referred to: ${queries} has no get(id) and list(listing) that anybody may ask.`;
  }
  if (!isExported(checkout, folder, queries)) {
    return `Module ${module} can't be referred to: no *.module.ts of it exports ${queries}.`;
  }
  const first = listingOf(checkout, file, listing);
  if (first === null) {
    return `Module ${module} can't be referred to: what ${queries}.list takes is not filters that may be null, a sort by createdAt and a page.`;
  }
  return { entity: kebabOf(thing).slice(1), queries, notFound: `${thing}NotFound`, listing: first };
}

/** The type that `list` takes, where `get` and `list` take one thing each. */
function whatIsListed(checkout: Checkout, { file }: Room, queries: string): string | undefined {
  const source = parsed(checkout.read(file) ?? '');
  const methods = classIn(source, queries)?.members.filter(ts.isMethodDeclaration) ?? [];
  const [got, listed] = ['get', 'list'].map((name) => methods.find((method) => method.name.getText(source) === name));
  if (got?.parameters.length !== 1 || listed?.parameters.length !== 1) return undefined;
  return listed.parameters[0]?.type?.getText(source);
}

const isExported = (checkout: Checkout, folder: string, name: string): boolean =>
  checkout
    .filesBelow(folder)
    .filter((file) => /^[^/]+\.module\.ts$/.test(file.slice(folder.length + 1)))
    .some((file) => exportedBy(checkout.read(file) ?? '').includes(name));

/** The names between the brackets of `exports: […]`. */
function exportedBy(text: string): string[] {
  const start = text.indexOf('exports: [');
  return start < 0 ? [] : text.slice(start + 'exports: ['.length, text.indexOf(']', start)).split(/[\s,]/);
}

/** Exported names, and the file that each comes from. */
function exportsOf(source: ts.SourceFile): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const statement of source.statements.filter(ts.isExportDeclaration)) {
    const { exportClause: clause, moduleSpecifier: from } = statement;
    if (!clause || !ts.isNamedExports(clause) || !from || !ts.isStringLiteral(from)) continue;
    const file = from.text.replace(/^\.\//, '').replace(/\.js$/, '.ts');
    for (const { name } of clause.elements) names.set(name.text, file);
  }
  return names;
}

function listingOf(checkout: Checkout, file: string, type: string): string | null {
  const path = importedFrom(parsed(checkout.read(file) ?? ''), file, type);
  const text = path === null ? null : checkout.read(path);
  const members = text === null ? undefined : interfaceIn(parsed(text), type)?.members;
  if (!text || !members) return null;
  const written = members.filter(ts.isPropertySignature).map((member) => {
    const name = (member.name as ts.Identifier).text;
    if (name === 'page') return 'page';
    if (name === 'sort') return text.includes(`'createdAt'`) ? `sort: 'createdAt'` : null;
    return member.type && /\bnull\b/.test(member.type.getText()) ? `${name}: null` : null;
  });
  return written.length === members.length && written.includes('page') && !written.includes(null)
    ? written.join(', ')
    : null;
}
