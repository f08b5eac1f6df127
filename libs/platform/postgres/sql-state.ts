/** The SQLSTATEs that this house acts upon (Postgres manual, appendix A). */
export const SqlState = {
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  uniqueViolation: '23505',
  undefinedTable: '42P01',
  invalidSchemaName: '3F000',
  queryCanceled: '57014',
  lockNotAvailable: '55P03',
  idleInTransactionTimeout: '25P03',
} as const;

const SQL_STATE = /^[0-9A-Z]{5}$/;

/** The SQLSTATE of an error that the server sent, or null: Node's own codes (`EPIPE`) look alike, but start with E. */
export function sqlStateOf(error: unknown): string | null {
  const code = codeOf(error);
  return code !== null && SQL_STATE.test(code) && !code.startsWith('E') ? code : null;
}

/** The `code` that pg, TypeORM and Node put on their errors. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** What an error says. It is asked for by shape, since an error of another realm is no `instanceof Error`. */
export function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return '';
  return typeof error.message === 'string' ? error.message : '';
}

/**
 * Whether this is the violation of that unique constraint (or unique index). The adapter says which domain error it
 * means; a violation of another constraint is a fault, and stays one.
 */
export function isUniqueViolation(error: unknown, constraintName: string): boolean {
  if (sqlStateOf(error) !== SqlState.uniqueViolation) return false;
  return typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === constraintName;
}
