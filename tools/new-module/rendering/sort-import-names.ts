import ts from 'typescript';
import { parsed } from '../references/declarations.ts';

/** Puts the names of each import in the order of the alphabet, types last: templates import them as they come. */
export function withSortedImportNames(text: string): string {
  const source = parsed(text);
  let sorted = text;
  for (const declaration of source.statements.filter(ts.isImportDeclaration).toReversed()) {
    const bindings = declaration.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    const names = bindings.elements.toSorted(typesLast).map((element) => element.getText(source));
    sorted = `${sorted.slice(0, bindings.getStart(source))}{ ${names.join(', ')} }${sorted.slice(bindings.getEnd())}`;
  }
  return sorted;
}

const typesLast = (a: ts.ImportSpecifier, b: ts.ImportSpecifier): number =>
  Number(a.isTypeOnly) - Number(b.isTypeOnly) || a.name.text.localeCompare(b.name.text, 'en');
