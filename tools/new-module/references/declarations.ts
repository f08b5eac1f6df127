import { posix } from 'node:path';
import ts from 'typescript';

export const parsed = (text: string): ts.SourceFile =>
  ts.createSourceFile('file.ts', text, ts.ScriptTarget.ESNext, true);

export const classIn = (source: ts.SourceFile, name: string): ts.ClassDeclaration | undefined =>
  source.statements.filter(ts.isClassDeclaration).find((declared) => declared.name?.text === name);

export const interfaceIn = (source: ts.SourceFile, name: string): ts.InterfaceDeclaration | undefined =>
  source.statements.filter(ts.isInterfaceDeclaration).find((declared) => declared.name.text === name);

/** The path of the file that a name is imported from; null where it is not, or from a package. */
export function importedFrom(source: ts.SourceFile, file: string, name: string): string | null {
  for (const { importClause, moduleSpecifier } of source.statements.filter(ts.isImportDeclaration)) {
    const bindings = importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings) || !ts.isStringLiteral(moduleSpecifier)) continue;
    if (!bindings.elements.some((element) => element.name.text === name)) continue;
    const { text } = moduleSpecifier;
    return text.startsWith('.') ? posix.join(posix.dirname(file), text.replace(/\.js$/, '.ts')) : null;
  }
  return null;
}
