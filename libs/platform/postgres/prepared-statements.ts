import type { Connection } from 'pg';
import type { RowReader } from './row-reader.js';
import type { Statement } from './statement.js';

/** A statement that a connection has carried out once: it is prepared there, and it is known how its rows are read. */
export interface Prepared {
  readonly text: string;
  /** Null for one that gives no rows. */
  readonly reader: RowReader | null;
}

export type PreparedStatements = Map<string, Prepared>;

const preparedOn = new WeakMap<Connection, PreparedStatements>();

/** What the connection has prepared, by name. There are as many as there are statements in the code. */
export function preparedStatementsOn(connection: Connection): PreparedStatements {
  const known = preparedOn.get(connection);
  if (known) return known;
  const none: PreparedStatements = new Map();
  preparedOn.set(connection, none);
  return none;
}

/**
 * Has the connection prepare a statement. One that failed when it was first carried out may be prepared or not, and so it
 * is closed before: to close what is not there is no error.
 */
export function prepare(connection: Connection, { name, text }: Statement): void {
  connection.close({ type: 'S', name }, true);
  connection.parse({ name, text, types: [] }, true);
}

/** @throws Error for a name that belongs to another text: the connection would carry out that one */
export function preparedAs({ name, text }: Statement, statements: PreparedStatements): Prepared | undefined {
  const prepared = statements.get(name);
  if (prepared && prepared.text !== text) throw new Error(`Another statement has been prepared as "${name}".`);
  return prepared;
}
