import { Injectable } from '@nestjs/common';
import { Postgres } from '#platform/postgres';
import { undoneBy } from '#platform/unit-of-work';

/** Where the work of a trial route leaves its trace: it is done once if there is one line. */
export abstract class Ledger {
  abstract add(text: string): Promise<void>;
  abstract all(): Promise<readonly string[]>;
}

export class MemoryLedger extends Ledger {
  private readonly lines: string[] = [];

  override async add(text: string): Promise<void> {
    this.lines.push(text);
    undoneBy(() => this.lines.splice(this.lines.indexOf(text), 1));
  }

  override async all(): Promise<readonly string[]> {
    return [...this.lines];
  }
}

/** For a superuser, before the first use of {@link PostgresLedger}. */
export const CREATE_LEDGER = `
  CREATE SCHEMA trial; GRANT USAGE ON SCHEMA trial TO mainstay_service;
  CREATE TABLE trial.ledger (n serial, text text NOT NULL);
  GRANT ALL ON ALL TABLES IN SCHEMA trial TO mainstay_service;
  GRANT ALL ON ALL SEQUENCES IN SCHEMA trial TO mainstay_service;`;

const ADD = { name: 'trial.add', text: 'INSERT INTO trial.ledger (text) VALUES ($1)' };
const ALL = { name: 'trial.all', text: 'SELECT text FROM trial.ledger ORDER BY n' };

@Injectable()
export class PostgresLedger extends Ledger {
  constructor(private readonly postgres: Postgres) {
    super();
  }

  override async add(text: string): Promise<void> {
    await this.postgres.query(ADD, [text]);
  }

  override async all(): Promise<readonly string[]> {
    return (await this.postgres.query<{ text: string }>(ALL)).rows.map(({ text }) => text);
  }
}
