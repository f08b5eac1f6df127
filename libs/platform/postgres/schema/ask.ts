import type { QueryRunner } from 'typeorm';
import type { Statement } from '../statement.js';

/** Asks the database whose schema it is: over the service's pool, or over the migrator's connection. */
export type Ask = <Row>(statement: Statement, values?: readonly unknown[]) => Promise<Row[]>;

export const askOver =
  (runner: Pick<QueryRunner, 'query'>): Ask =>
  (statement, values = []) =>
    runner.query(statement.text, [...values]);
