import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import type { Deadline } from '#platform/deadline';
import type { ControlConnection } from './control-connection.js';

/** Ends statements of the server that they run on: the process id of a backend means nothing to another one. */
export type Canceller = Pick<ControlConnection, 'cancel'>;

/** A cancelled statement ends in milliseconds. One that doesn't is on a connection, or a server, that is lost. */
const CANCEL_GRACE_MS = 150;

/** The statement may still be running: its connection must not serve anybody. */
export class StatementAbandoned extends Error {
  override readonly name = 'StatementAbandoned';
}

/**
 * Runs a statement no longer than the deadline: at its end the server is told to stop, and the connection is free when
 * it has.
 * @throws StatementAbandoned when the server does not stop, or has not been told in time; whatever pg throws, the cancellation's 57014 among it
 */
export async function runUntilEnd(
  client: PoolClient,
  query: QueryConfig,
  deadline: Deadline,
  canceller: Canceller,
): Promise<QueryResult> {
  const abandoned = Promise.withResolvers<never>();
  abandoned.promise.catch(() => undefined);
  let cancelled: Promise<void> | undefined;
  const running = client.query(query);
  const unsubscribe = deadline.onEnd((reason) => {
    cancelled = canceller.cancel(processIdOf(client));
    void delay(CANCEL_GRACE_MS, undefined, { ref: false }).then(() =>
      abandoned.reject(new StatementAbandoned('The statement did not stop.', { cause: reason })),
    );
  });
  running.catch(() => undefined); // it may fail after it was abandoned
  // Before the connection is lent again: a cancellation that is still on its way would hit the next statement.
  const told = async (): Promise<void> => {
    if (cancelled) await Promise.race([cancelled, abandoned.promise]);
  };
  try {
    const result = await Promise.race([running, abandoned.promise]);
    await told();
    return result;
  } catch (error) {
    if (!(error instanceof StatementAbandoned)) await told();
    throw error;
  } finally {
    unsubscribe();
  }
}

/** pg keeps the backend's process id on the client (BackendKeyData), undocumented, since its first release. */
const processIdOf = (client: PoolClient): number => (client as unknown as { processID: number }).processID;
