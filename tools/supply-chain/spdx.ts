const IDENTIFIER = /^[A-Za-z0-9.+-]+$/;
const OPERATORS = new Set(['AND', 'OR', 'WITH']);

/**
 * Whether an SPDX expression can be satisfied by the licences that are allowed: one side of an OR, both of an AND.
 * What is malformed never is: a licence checker's guess (`MIT*`), free text, a `WITH` exception that nobody has read.
 */
export function isSatisfied(expression: string, allowed: (id: string) => boolean): boolean {
  const tokens = expression.replaceAll('(', ' ( ').replaceAll(')', ' ) ').split(' ').filter(Boolean);
  let wellFormed = true;
  const accept = (token: string) => tokens[0] === token && tokens.shift() !== undefined;
  // Both sides are always read, or the rest would be taken for the next term.
  const either = (): boolean => {
    let satisfied = both();
    while (accept('OR')) satisfied = both() || satisfied;
    return satisfied;
  };
  const both = (): boolean => {
    let satisfied = term();
    while (accept('AND')) satisfied = term() && satisfied;
    return satisfied;
  };
  const term = (): boolean => {
    if (accept('(')) {
      const satisfied = either();
      wellFormed &&= accept(')');
      return satisfied;
    }
    const id = tokens.shift() ?? '';
    wellFormed &&= IDENTIFIER.test(id) && !OPERATORS.has(id);
    return allowed(id);
  };
  const satisfied = either();
  return wellFormed && tokens.length === 0 && satisfied;
}
