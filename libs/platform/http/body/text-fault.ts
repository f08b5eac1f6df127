/**
 * Why a text can't be stored, or null. PostgreSQL's `text` holds no NUL, and a lone surrogate has no UTF-8 form:
 * either would come back from the database as an error of ours.
 */
export function textFault(text: string): string | null {
  if (text.includes('\0')) return 'must not contain the character U+0000';
  if (!text.isWellFormed()) return 'must be well-formed Unicode (it has a lone surrogate)';
  return null;
}
