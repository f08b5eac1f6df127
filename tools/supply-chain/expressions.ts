import ts from 'typescript';

/** A regular expression as the source has it. */
export interface Expression {
  /** `file:line`, from 1. */
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** A place where an expression is made of what only a run can tell. */
export interface UnreadExpression {
  /** `file:line`, from 1. */
  readonly where: string;
  /** The file, and the code that makes it: the same on whichever line it stands. */
  readonly key: string;
}

export interface Expressions {
  readonly read: readonly Expression[];
  readonly unread: readonly UnreadExpression[];
}

type Parts = Omit<Expression, 'where'>;

/** Makes an expression of a text that is given to it, with these flags. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['match', ''],
  ['matchAll', 'g'],
  ['search', ''],
]);

/**
 * The regular expressions of a file: literals, and what RegExp or a method of strings makes of a literal text. Whatever
 * else could make one is unread: another pattern, and RegExp itself where it is handed on.
 */
export function expressionsOf(file: string, text: string): Expressions {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const read: Expression[] = [];
  const unread: UnreadExpression[] = [];
  const visit = (node: ts.Node): void => {
    const parts = literal(node) ?? constructed(node) ?? (isHandedOn(node) ? 'unread' : null);
    if (parts !== null) {
      const where = `${file}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
      if (parts !== 'unread') read.push({ where, ...parts });
      else unread.push({ where, key: `${file} ${node.getText(tree).replaceAll(/\s+/g, ' ')}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { read, unread };
}

function literal(node: ts.Node): Parts | null {
  if (!ts.isRegularExpressionLiteral(node)) return null;
  const end = node.text.lastIndexOf('/');
  return { source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
}

function constructed(node: ts.Node): Parts | 'unread' | null {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return null;
  const [pattern, flags] = node.arguments ?? [];
  if (!pattern) return null;
  const callee = bare(node.expression);
  const name = nameOf(callee);
  if (name === 'RegExp') return partsOf(pattern, flags);
  const implied = METHODS.get(name ?? '');
  if (implied === undefined || ts.isIdentifier(callee) || ts.isRegularExpressionLiteral(pattern)) return null;
  return ts.isStringLiteralLike(pattern) ? { source: pattern.text, flags: implied } : 'unread';
}

function partsOf(pattern: ts.Expression, flags: ts.Expression | undefined): Parts | 'unread' {
  const own = ts.isStringLiteralLike(pattern) ? { source: pattern.text, flags: '' } : literal(pattern);
  if (!own || (flags && !ts.isStringLiteralLike(flags))) return 'unread';
  return { source: own.source, flags: flags?.text ?? own.flags };
}

/** `RegExp` for `RegExp`, `globalThis.RegExp` and `globalThis['RegExp']`. */
function nameOf(node: ts.Node): string | null {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return node.argumentExpression.text;
  }
  return null;
}

function bare(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) ? bare(node.expression) : node;
}

function isType({ parent }: ts.Node): boolean {
  if (ts.isExpressionWithTypeArguments(parent)) return !ts.isClassLike(parent.parent.parent);
  return ts.isTypeNode(parent) || ts.isQualifiedName(parent);
}

/** RegExp as a value by which others can make one: neither called here, nor asked for `escape`, nor a type. */
function isHandedOn(node: ts.Node): boolean {
  if (nameOf(node) !== 'RegExp' || isType(node)) return false;
  let user = node.parent;
  while (ts.isParenthesizedExpression(user)) user = user.parent;
  if (ts.isPropertyAccessExpression(user)) return user.expression === node && user.name.text !== 'escape';
  if (ts.isNewExpression(user) || ts.isCallExpression(user)) return bare(user.expression) !== node;
  return !(ts.isBinaryExpression(user) && user.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword);
}
