import { Injectable } from '@nestjs/common';
import { Postgres } from '#platform/postgres';
import { CLAIM, FORGET_EXPIRED, KEEP } from './idempotency.statements.js';
import { IdempotencyStore, type Claim, type IdempotencyRecord, type KeptAnswer } from './idempotency-store.js';

interface ClaimRow {
  readonly locked: boolean;
  readonly kept: boolean;
  readonly fingerprint: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly error_code: string | null;
}

/** Answers in idempotency.records: in the same transaction as the work, they are there if and only if its changes are. */
@Injectable()
export class PostgresIdempotencyStore extends IdempotencyStore {
  constructor(private readonly postgres: Postgres) {
    super();
  }

  override async claim(id: string, now: Date): Promise<Claim> {
    const { rows } = await this.postgres.query<ClaimRow>(CLAIM, [bytesOf(id), lockOf(id), now]);
    const [row] = rows;
    if (row?.kept) return keptAnswerOf(row);
    return row?.locked ? 'free' : 'in-use';
  }

  override async keep({ answer, ...record }: IdempotencyRecord): Promise<boolean> {
    const { rowCount } = await this.postgres.query(KEEP, [
      bytesOf(record.id),
      bytesOf(record.fingerprint),
      record.callerId,
      record.method,
      record.route,
      record.requestId,
      answer.status,
      JSON.stringify(answer.headers),
      answer.body,
      answer.errorCode,
      record.createdAt,
      record.expiresAt,
    ]);
    return rowCount === 1;
  }

  override async forgetExpired(now: Date, limit: number): Promise<number> {
    return (await this.postgres.query(FORGET_EXPIRED, [now, limit])).rowCount;
  }
}

const keptAnswerOf = ({ fingerprint, status, headers, body, error_code }: ClaimRow): KeptAnswer => ({
  fingerprint,
  answer: { status, headers, body, errorCode: error_code },
});

const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

const lockOf = (id: string): string => bytesOf(id).readBigInt64BE().toString();
