import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import type { Deadline } from '#platform/deadline';
import type { ControlConnection } from './control-connection.js';
import { type Answer, type Answered, type Flight, PreparedQuery, type Row } from './prepared-query.js';

/** Ends statements of the server that they run on: the process id of a backend means nothing to another one. */
export type Canceller = Pick<ControlConnection, 'cancel'>;

/** A cancelled statement ends in milliseconds. One that doesn't is on a connection, or a server, that is lost. */
const CANCEL_GRACE_MS = 150;
const CANCEL_AGAIN_MS = 30;

/** The statement may still be running: its connection must not serve anybody. */
export class StatementAbandoned extends Error {
  override readonly name = 'StatementAbandoned';
}

/** Runs a statement for as long as pg lets it. */
export const run = (client: PoolClient, query: QueryConfig, flight?: Flight): Promise<Answer> =>
  new Promise((resolve, reject) => {
    begin(client, query, (error, answer) => (error === null ? resolve(answer) : reject(error)), flight);
  });

/** @param flight of a statement that has a name: nothing travels with another */
function begin(client: PoolClient, query: QueryConfig, answered: Answered, flight?: Flight): void {
  const { name, text, values = [] } = query;
  if (name !== undefined) client.query(new PreparedQuery({ name, text }, values, answered, flight));
  else
    client.query<Row>(text, values, (error: Error | null, result: QueryResult<Row>) => {
      if (error) answered(error, undefined);
      else answered(null, { rows: result.rows, rowCount: result.rowCount ?? 0 });
    });
}

/**
 * Runs a statement no longer than the deadline: at its end the server is told to stop, and the connection is free when
 * it has.
 * @throws StatementAbandoned when the server does not stop, or has not been told in time; whatever pg throws, the cancellation's 57014 among it
 */
export function runUntilEnd(
  client: PoolClient,
  query: QueryConfig,
  deadline: Deadline,
  canceller: Canceller,
  flight?: Flight,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let cancelling: Cancelling | undefined;
    let unsubscribe = (): void => undefined;
    const answered: Answered = (error, answer) => {
      unsubscribe();
      const settle = () => (error === null ? resolve(answer) : reject(error));
      // Before the connection is lent again: a cancellation that is still on its way would hit the next statement.
      if (cancelling) void cancelling.stop().then(settle);
      else settle();
    };
    begin(client, query, answered, flight);
    unsubscribe = deadline.onEnd((reason) => {
      cancelling = new Cancelling(
        () => canceller.cancel(processIdOf(client)),
        () => reject(new StatementAbandoned('The statement did not stop.', { cause: reason })),
      );
    });
  });
}

/**
 * The server ignores a signal that overtakes its statement, as the network, or a machine that has no processor to spare,
 * lets it: it is told again until there is an answer.
 */
class Cancelling {
  private told: Promise<void>;
  private again: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly tell: () => Promise<void>,
    giveUp: () => void,
  ) {
    this.told = this.telling();
    setTimeout(() => {
      void this.stop();
      giveUp();
    }, CANCEL_GRACE_MS).unref();
  }

  /** Resolves when no cancellation is on its way any more, which may be later than it is given up. */
  stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.again);
    return this.told;
  }

  /** One at a time: those of a slow server would queue, and the answer would wait for the last of them. */
  private async telling(): Promise<void> {
    await this.tell();
    if (this.stopped) return;
    this.again = setTimeout(() => {
      this.told = this.telling();
    }, CANCEL_AGAIN_MS).unref();
  }
}

/** pg keeps the backend's process id on the client (BackendKeyData), undocumented, since its first release. */
const processIdOf = (client: PoolClient): number => (client as unknown as { processID: number }).processID;
