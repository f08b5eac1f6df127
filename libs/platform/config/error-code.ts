/** The code of a system error, such as ENOENT; `unknown` for anything else. */
export function errorCode(error: unknown): string {
  const coded = typeof error === 'object' && error !== null && 'code' in error;
  return coded && typeof error.code === 'string' ? error.code : 'unknown';
}
