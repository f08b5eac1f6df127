import ts from 'typescript';
import { parsed } from './references/declarations.ts';

export const COMPOSITION_ROOT = 'apps/store/src/store.module.ts';

interface Addition {
  /** `reviews`, and `ReviewsModule`. */
  readonly module: string;
  readonly Module: string;
}

/**
 * The composition root with one import and one line in `imports` more, in its order; as it is, where it has them. Gives a
 * sentence instead, where its shape is not known.
 * @param text of {@link COMPOSITION_ROOT}
 */
export function composedWith(text: string, { module, Module }: Addition): { text: string } | { fault: string } {
  const source = parsed(text);
  const imports = moduleImports(source);
  const composed = composedModules(source, new Set(imports.flatMap(({ names }) => names)));
  const last = composed.at(-1);
  if (imports.length === 0 || !last) {
    return {
      fault: `${COMPOSITION_ROOT} has no shape that is known: modules are imported from '#modules/…', and stand by their names in one list called imports.`,
    };
  }
  const isImported = imports.some(({ from }) => from === `#modules/${module}`);
  const isComposed = composed.some((element) => element.text === Module);
  if (isImported !== isComposed) {
    return {
      fault: `${COMPOSITION_ROOT} names ${Module} in one of two places: in its imports at the top, or in its list.`,
    };
  }
  if (isImported) return { text };
  const line = `import { ${Module} } from '#modules/${module}';\n`;
  const after = imports.findLast(({ from }) => from < `#modules/${module}`);
  const importAt = after ? after.end + 1 : (imports[0]?.start ?? 0);
  const indent = ' '.repeat(source.getLineAndCharacterOfPosition(last.getStart(source)).character);
  const listAt = last.getEnd();
  return {
    text: `${text.slice(0, importAt)}${line}${text.slice(importAt, listAt)},\n${indent}${Module}${text.slice(listAt)}`,
  };
}

function moduleImports(source: ts.SourceFile) {
  return source.statements.filter(ts.isImportDeclaration).flatMap((declaration) => {
    const { moduleSpecifier, importClause } = declaration;
    const bindings = importClause?.namedBindings;
    if (!ts.isStringLiteral(moduleSpecifier) || !moduleSpecifier.text.startsWith('#modules/')) return [];
    if (!bindings || !ts.isNamedImports(bindings)) return [];
    const names = bindings.elements.map(({ name }) => name.text);
    return [{ from: moduleSpecifier.text, names, start: declaration.getStart(source), end: declaration.getEnd() }];
  });
}

/** The modules that stand by their names in the list that the composition root gives as `imports`. */
function composedModules(source: ts.SourceFile, names: ReadonlySet<string>): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAssignment(node) &&
      node.name.getText(source) === 'imports' &&
      ts.isArrayLiteralExpression(node.initializer)
    ) {
      found.push(...node.initializer.elements.filter(ts.isIdentifier).filter(({ text }) => names.has(text)));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
