import type { ControlConnection } from '../control-connection.js';
import { type Lsn, parseLsn } from './lsn.js';

/** One server at one moment. */
export interface ServerPosition {
  /** To where its log, or its replay of the primary's, has come. */
  readonly lsn: Lsn;
  /** The cluster's: a replica has its primary's. */
  readonly systemId: string;
  /** When it was started, to the microsecond: no two servers of a cluster have this in common. */
  readonly startedAt: string;
  readonly isReplica: boolean;
}

interface PositionRow {
  readonly lsn: string;
  readonly system_id: string;
  readonly started_at: string;
  readonly is_replica: boolean;
}

/** As an expression: a number, so that no session's time zone shows in it. */
export const STARTED_AT = 'extract(epoch FROM pg_postmaster_start_time())::text';

const IDENTITY = `
  (SELECT system_identifier::text FROM pg_control_system()) AS system_id, ${STARTED_AT} AS started_at`;

const PRIMARY = `SELECT pg_current_wal_lsn()::text AS lsn, ${IDENTITY}, false AS is_replica`;

const REPLICA = `
  SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)::text AS lsn,
    ${IDENTITY}, pg_is_in_recovery() AS is_replica`;

/**
 * To where the primary has written its log: all that it has told anybody to be committed is before it.
 * @throws Error of pg; also when the server is a replica itself, as in the midst of a failover
 */
export const primaryPosition = (control: ControlConnection): Promise<ServerPosition> => position(control, PRIMARY);

/** @throws Error of pg */
export const replicaPosition = (control: ControlConnection): Promise<ServerPosition> => position(control, REPLICA);

async function position(control: ControlConnection, sql: string): Promise<ServerPosition> {
  const row = await control.ask<PositionRow>(sql);
  if (!row) throw new Error('The server gave no place in its log.');
  return { lsn: parseLsn(row.lsn), systemId: row.system_id, startedAt: row.started_at, isReplica: row.is_replica };
}
