import ts from 'typescript';
import { parsed } from '../references/declarations.ts';

/** Names that a file gives to two things of its own: what it imports and declares, or the members of one class or object. */
export function twiceDeclaredIn(text: string): readonly string[] {
  const source = parsed(text);
  const found = repeated(source.statements.flatMap(declaredBy));
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) found.push(...repeated(node.members.filter((member) => !isAccessor(member)).map(keyOf)));
    if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) found.push(...repeated(node.members.map(keyOf)));
    if (ts.isObjectLiteralExpression(node)) found.push(...repeated(node.properties.map(keyOf)));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...new Set(found)].map((name) => name.replace(STATIC, ''));
}

/** What a class has of its own and what its instances have may share a name. */
const STATIC = 'static ';

const repeated = (names: readonly string[]): string[] =>
  names.filter((name, place) => name !== '' && names.indexOf(name) < place);

/** A getter and a setter are one. */
const isAccessor = (member: ts.Node): boolean => ts.isAccessor(member);

function keyOf(member: ts.ClassElement | ts.TypeElement | ts.ObjectLiteralElementLike): string {
  const { name } = member;
  if (!name || !(ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name))) return '';
  const isStatic = ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => kind === STATIC_KEYWORD);
  return `${isStatic === true ? STATIC : ''}${name.text}`;
}
const STATIC_KEYWORD = ts.SyntaxKind.StaticKeyword;

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  }
  if (ts.isImportDeclaration(statement)) {
    const bindings = statement.importClause?.namedBindings;
    return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
  }
  const declares =
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return declares && statement.name ? [statement.name.text] : [];
}
