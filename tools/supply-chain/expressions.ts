import ts from 'typescript';

/** A regular expression as the source has it. */
export interface Expression {
  /** `file:line`, from 1. */
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/**
 * The regular expressions of a file: literals, and `RegExp('…')` of a literal text. What is put together at run time
 * can't be seen here, and is for the review; it should quote its parts with `RegExp.escape` and repeat nothing nested,
 * as `libs/platform/http/edge/allowed-methods.ts` does.
 */
export function expressionsOf(file: string, text: string): readonly Expression[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const visit = (node: ts.Node): void => {
    const expression = literal(node) ?? constructed(node);
    if (expression) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      found.push({ where: `${file}:${line + 1}`, ...expression });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

type Parts = Omit<Expression, 'where'>;

function literal(node: ts.Node): Parts | null {
  if (!ts.isRegularExpressionLiteral(node)) return null;
  const end = node.text.lastIndexOf('/');
  return { source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
}

function constructed(node: ts.Node): Parts | null {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return null;
  if (!ts.isIdentifier(node.expression) || node.expression.text !== 'RegExp') return null;
  const [source, flags] = node.arguments ?? [];
  if (!source || !ts.isStringLiteralLike(source)) return null;
  return { source: source.text, flags: flags && ts.isStringLiteralLike(flags) ? flags.text : '' };
}
