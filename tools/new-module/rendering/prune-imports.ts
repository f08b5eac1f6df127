import ts from 'typescript';
import { parsed } from '../references/declarations.ts';

/**
 * Takes out of a file what it imports and does not use. Templates import whatever some field may need, and so need no
 * conditions, which would be one for each kind of field and each file.
 */
export function withoutUnusedImports(text: string): string {
  const source = parsed(text);
  const used = usedNames(source);
  let pruned = text;
  for (const declaration of source.statements.filter(ts.isImportDeclaration).toReversed()) {
    const bindings = declaration.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    const kept = bindings.elements.filter(({ name }) => used.has(name.text)).map((element) => element.getText(source));
    if (kept.length === bindings.elements.length) continue;
    const [start, end] =
      kept.length > 0 ? [bindings.getStart(source), bindings.getEnd()] : linesOf(declaration, source);
    pruned = `${pruned.slice(0, start)}${kept.length > 0 ? `{ ${kept.join(', ')} }` : ''}${pruned.slice(end)}`;
  }
  return withTypeImports(pruned);
}

const linesOf = (declaration: ts.Node, source: ts.SourceFile): [number, number] => [
  declaration.getStart(source),
  declaration.getEnd() + 1,
];

/** `import { type A }` would keep the import of the file itself alive in the build. */
function withTypeImports(text: string): string {
  return text.replace(/^import \{ ((?:type \w+(?:, )?)+) \}/gm, (_all, names: string) => {
    return `import type { ${names.replaceAll('type ', '')} }`;
  });
}

function usedNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && !isMemberName(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** The name of a member is no use of what is imported under the same name. */
function isMemberName({ parent, ...node }: ts.Identifier): boolean {
  const named = parent as { name?: ts.Node; propertyName?: ts.Node };
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return named.name?.pos === node.pos;
  if (ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) return named.name?.pos === node.pos;
  return ts.isBindingElement(parent) && named.propertyName?.pos === node.pos;
}
