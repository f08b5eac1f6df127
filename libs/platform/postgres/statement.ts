/**
 * SQL that is prepared once for each connection, under its name. A name belongs to one text for ever: take
 * `<module>.<operation>`, at most 63 bytes (Postgres' NAMEDATALEN). It is also the operation in the metrics.
 */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /**
   * What a read may miss. `bounded-staleness`: what others have written in the last DATABASE_READ_LAG_MAX_MS, so that a
   * read replica may answer; never what the caller has written himself. Absent: nothing. Not for what is kept as the
   * latest (a cache, a version to compare with), nor for what a decision is based on.
   */
  readonly consistency?: 'bounded-staleness';
}

export interface StatementResult<Row> {
  readonly rows: Row[];
  /** Rows read or changed. */
  readonly rowCount: number;
}

/**
 * `rejected`: Postgres answered with an error of the statement's own, such as a violated constraint. `cancelled`: the
 * request that it ran for was over.
 */
export type StatementOutcome = 'ok' | 'rejected' | 'timeout' | 'unavailable' | 'cancelled';

/** One finished statement, the wait for a connection included. */
export interface StatementCall {
  /** The statement's name. */
  readonly operation: string;
  readonly outcome: StatementOutcome;
  readonly durationSeconds: number;
}

/** Called after each statement, on the hot path: cheap, and never throwing. */
export type StatementObserver = (call: StatementCall) => void;

/** Connections of the pool, by state, at this moment. */
export interface PoolStats {
  readonly total: number;
  readonly idle: number;
  /** Callers waiting for a connection. */
  readonly waiting: number;
  readonly max: number;
}
