const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/**
 * The path of a request target, as logs and answers may repeat it: without the query, and without the authority of an
 * absolute form, which may hold a password.
 */
export function pathOf(target: string): string {
  const path = target.startsWith('/') ? target : target.replace(AUTHORITY, '');
  const end = path.search(/[?#]/);
  return end === -1 ? path : path.slice(0, end);
}
