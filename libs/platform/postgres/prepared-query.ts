import { createRequire } from 'node:module';
import type { Connection, FieldDef, Submittable } from 'pg';
import { prepare, preparedAs, type PreparedStatements, preparedStatementsOn } from './prepared-statements.js';
import { RowReader, type RowValues } from './row-reader.js';
import type { Statement, StatementResult } from './statement.js';

/** A parameter as the protocol has it: text, bytes as they are, or null. */
type Parameter = string | Buffer | null;
/** pg's own, which it exports for its family (pg-cursor, pg-query-stream), and without types. */
const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils.js') as {
  readonly prepareValue: (value: unknown) => Parameter;
};

export type Row = Record<string, unknown>;
export type Answer = StatementResult<Row>;
export type Answered = (...said: [error: null, answer: Answer] | [error: Error, answer: undefined]) => void;

/** What begins a transaction: it goes in front of the first statement, in one flight with it. */
export class Opening {
  /** From here on there may be something to be ended. */
  sent = false;
  /** By the server's word; until then it goes with the next statement, too, for one alone would be kept at once. */
  done = false;

  constructor(readonly statement: Statement) {}
}

/** What travels with a statement, in one write and under one Sync: what is in front of something that fails stays done. */
export interface Flight {
  /** Not done yet. */
  readonly opening?: Opening | undefined;
  /** What ends the transaction, when the statement did not fail. */
  readonly closing?: Statement | undefined;
}

/**
 * A named statement, as pg's own Query runs one, at half the price: Postgres describes the rows once for each connection
 * and not with every answer, for a prepared statement never changes its columns (it fails with 0A000 instead, and then
 * the connection is given up); and nothing is emitted that nobody hears. See docs/decisions/0037-prepared-queries.md.
 */
export class PreparedQuery implements Submittable {
  private readonly rows: Row[] = [];
  private rowCount = 0;
  private prepared: PreparedStatements | undefined;
  /** Undefined until it is known whether there are rows. */
  private reader: RowReader | null | undefined;
  private unreadable: Error | undefined;
  private opening: Opening | undefined;
  private readonly closing: Statement | undefined;
  private carriedOut = false;

  /** @param callback called once; pg puts its own in front of it, which ends the wait for a silent server */
  constructor(
    private readonly statement: Statement,
    private readonly values: readonly unknown[],
    public callback: Answered,
    { opening, closing }: Flight = {},
  ) {
    this.opening = opening;
    this.closing = closing;
  }

  /** Everything in one write. @returns what keeps it from being sent at all; pg fails the query with that */
  submit(connection: Connection): Error | null {
    this.prepared = preparedStatementsOn(connection);
    try {
      this.reader = preparedAs(this.statement, this.prepared)?.reader;
      // Before anything is written: half a flight without its Sync would be answered by nobody.
      if (this.opening) preparedAs(this.opening.statement, this.prepared);
      if (this.closing) preparedAs(this.closing, this.prepared);
      const values = this.values.map((value) => prepareValue(value));
      this.send(connection, values, this.prepared);
      return null;
    } catch (error) {
      return error as Error;
    }
  }

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.reader = new RowReader(fields);
  }

  /** What can't be read fails the statement when the server has said everything: the connection stays in step. */
  handleDataRow({ fields }: { readonly fields: RowValues }): void {
    if (this.unreadable) return;
    try {
      if (this.reader) this.rows.push(this.reader.read(fields));
    } catch (error) {
      this.unreadable = error as Error;
    }
  }

  /** @param message `SELECT 3`, `INSERT 0 2`, `LOCK TABLE`; of what travels with it, before and after that */
  handleCommandComplete({ text }: { readonly text: string }): void {
    if (this.opening) {
      this.isPrepared(this.opening.statement, null);
      this.opening.done = true;
      this.opening = undefined;
    } else if (this.carriedOut && this.closing) {
      this.isPrepared(this.closing, null);
    } else {
      this.carriedOut = true;
      this.rowCount = Number(text.slice(text.lastIndexOf(' '))) || 0;
      this.isPrepared(this.statement, this.reader ?? null);
    }
  }

  handleReadyForQuery(): void {
    if (this.unreadable) this.callback(this.unreadable, undefined);
    else this.callback(null, { rows: this.rows, rowCount: this.rowCount });
  }

  handleError(error: Error): void {
    this.callback(this.unreadable ?? error, undefined);
  }

  handleEmptyQuery(): void {
    // It answers nothing, and is over.
  }

  /** COPY waits for what nobody sends, and the connection with it. */
  handleCopyInResponse(connection: Connection): void {
    connection.stream.destroy(new Error('COPY is no statement with an answer.'));
  }

  handleCopyData(): void {
    // Nobody asks for it.
  }

  private isPrepared({ name, text }: Statement, reader: RowReader | null): void {
    if (!this.prepared?.has(name)) this.prepared?.set(name, { text, reader });
  }

  private send(connection: Connection, values: Parameter[], prepared: PreparedStatements): void {
    const { stream } = connection;
    stream.cork();
    try {
      if (this.opening) {
        execute(connection, this.opening.statement, prepared);
        this.opening.sent = true;
      }
      if (this.reader === undefined) prepare(connection, this.statement);
      connection.bind({ statement: this.statement.name, values }, true);
      if (this.reader === undefined) connection.describe({ type: 'P' }, true);
      connection.execute(null, true);
      if (this.closing) execute(connection, this.closing, prepared);
      connection.sync();
    } finally {
      stream.uncork();
    }
  }
}

/** What has no values and gives no rows. */
function execute(connection: Connection, statement: Statement, prepared: PreparedStatements): void {
  if (!preparedAs(statement, prepared)) prepare(connection, statement);
  connection.bind({ statement: statement.name, values: [] }, true);
  connection.execute(null, true);
}
