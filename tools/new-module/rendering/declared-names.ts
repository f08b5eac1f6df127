import ts from 'typescript';
import { parsed } from '../references/declarations.ts';

type Declaration = ts.Node & { readonly name?: ts.Node };

const declares = (node: ts.Node): node is Declaration =>
  ts.isVariableDeclaration(node) ||
  ts.isParameter(node) ||
  ts.isBindingElement(node) ||
  ts.isImportSpecifier(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node);

export interface NamesInFile {
  /** What the file gives to something, wherever in it. */
  readonly declared: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
}

export function namesIn(text: string): NamesInFile {
  const [declared, used] = [new Set<string>(), new Set<string>()];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) used.add(node.text);
    if (declares(node) && node.name && ts.isIdentifier(node.name)) declared.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(parsed(text));
  return { declared, used };
}
