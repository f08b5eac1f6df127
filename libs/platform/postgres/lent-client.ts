import type { Pool, PoolClient, QueryConfig } from 'pg';
import { currentRequest } from '#platform/context';
import { type Deadline, LoopWatch, untilEnd } from '#platform/deadline';
import { isFitAfter } from './connection-fitness.js';
import type { Answer, Flight } from './prepared-query.js';
import { type Canceller, run, runUntilEnd } from './run-until-end.js';

export const currentDeadline = (): Deadline | undefined => currentRequest()?.deadline;

/** A connection of the pool, unless the current request, or the deadline given, is over before one is free. */
export function lentClient(pool: Pool, deadline = currentDeadline()): Promise<PoolClient> {
  deadline?.throwIfEnded();
  // Those who wait are served first. One that is left then is lent in this turn of the loop, in which nothing ends.
  if (pool.idleCount > pool.waitingCount) return pool.connect();
  const free = freeClient(pool);
  return deadline ? untilEnd(deadline, free, (client) => client.release()) : free;
}

/**
 * A connection that has to be waited for, or opened. Where the event loop stood still meanwhile, it was not Postgres who
 * took the time: it is asked once more.
 */
async function freeClient(pool: Pool): Promise<PoolClient> {
  const watch = new LoopWatch();
  try {
    return await pool.connect();
  } catch (error) {
    if (!(await watch.stoodStill())) throw error;
    return await pool.connect();
  } finally {
    watch.stop();
  }
}

/** Does `work` on a connection of the pool, which goes back to it if it may serve others. */
export async function withClient<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  deadline = currentDeadline(),
): Promise<T> {
  const client = await lentClient(pool, deadline);
  let fit = true;
  try {
    return await work(client);
  } catch (error) {
    fit = isFitAfter(error);
    throw error;
  } finally {
    client.release(!fit);
  }
}

/**
 * Runs a statement on a connection, for no longer than the current request, or the deadline given, lasts.
 * @param canceller of the server that the connection leads to
 */
export function runOn(
  client: PoolClient,
  query: QueryConfig,
  canceller: Canceller,
  { deadline = currentDeadline(), ...flight }: { deadline?: Deadline } & Flight = {},
): Promise<Answer> {
  deadline?.throwIfEnded();
  return deadline ? runUntilEnd(client, query, deadline, canceller, flight) : run(client, query, flight);
}
